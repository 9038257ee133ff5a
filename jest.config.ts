import type { Config } from 'jest';

/** What `npm run test:quick` leaves out, the tests of the tools and other slow ones: patterns of paths. */
export const slowTests = [
  '/test/tools/',
  '/test/docs/recipes',
  '/test/src/(?:new|updated)-contact/',
  '/test/product/(?:faults|hostile|token)/',
  '/test/product/(?:brands|deploy|zip)',
];

/** What the tests begin with, the files that take longest: parts of paths. */
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
  // Ends only what hangs: how fast the machine is decides no test.
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
