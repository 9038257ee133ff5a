/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/build'],
  collectCoverageFrom: ['index.ts', '{src,triggers,creates,searches}/**/*.ts'],
  coverageProvider: 'v8',
  coverageThreshold: { global: { lines: 100, branches: 100 } },
};
