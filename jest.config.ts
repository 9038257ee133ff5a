import type { Config } from 'jest';

/** Path patterns of the slow tests, which `npm run test:quick` leaves out so that it ends quickly. */
export const slowTests = [
  '/test/tools/',
  '/test/docs/recipes',
  '/test/src/(?:new|updated)-contact/',
  '/test/product/(?:faults|hostile|token)/',
  '/test/product/(?:brands|deploy|zip)',
];

/** Parts of the paths of the slowest test files. They run first, so that no worker is left with one at the end. */
export const longestTests = [
  '/test/product/faults/matrix',
  '/test/tools/console/browser/',
  '/test/product/deploy',
  '/test/product/hostile/',
  '/test/product/token/leaks',
];

const config: Config = {
  testEnvironment: '<rootDir>/test/support/environment.ts',
  testSequencer: '<rootDir>/test/support/sequencer.js',
  maxWorkers: 2,
  // The limit is for tests that hang. It is this long so that no test fails because a machine is slow.
  testTimeout: 900_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['<rootDir>/test/support/seed.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/restore.ts'],
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
  collectCoverageFrom: ['{index,authentication}.ts', '{src,triggers,creates,searches}/**/*.ts'],
  coverageProvider: 'babel',
  coverageReporters: [['text', { skipFull: true }]],
  coverageThreshold: { global: { lines: 100, branches: 100 } },
};

export default config;
