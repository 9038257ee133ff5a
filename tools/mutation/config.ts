import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Where Stryker's copy of the project and its reports are. */
export const folder = join(root, 'build/mutation');

/** What is mutated where no file is named. */
export const mutated = ['index.ts', '{src,triggers,searches,creates}/**/*.ts'];

/** Tests that prove nothing about mutants, or take too long for every one of them: patterns of paths. */
export const leftOut = [
  '/test/tools/',
  // They read the sources, which hold every mutant at once.
  '/test/docs/',
  '/test/product/(?:brands|zip|hostile|token|review)',
  '/test/src/(?:new|updated)-contact/(?!examples)',
];

/** What Stryker is told, where its plugin is a file beside its packages: https://stryker-mutator.io/docs/stryker-js/configuration. */
export function strykerOptions(files: string[], plugin: string) {
  return {
    mutate: files,
    plugins: [plugin],
    testRunner: 'jest-files',
    ignorers: ['sample-runs'],
    testRunnerNodeArgs: [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      // Jest keeps in memory what it has loaded.
      '--max-old-space-size=8192',
    ],
    maxTestRunnerReuse: 100,
    // Many tests run what is built: it holds the mutants too.
    buildCommand: 'npm run build --silent',
    coverageAnalysis: 'perTest',
    jest: {
      configFile: 'jest.config.ts',
      enableFindRelatedTests: false,
      // Stryker's environment is built on Jest's own one, by its name.
      config: { testPathIgnorePatterns: leftOut, testEnvironment: 'node' },
    },
    ignorePatterns: ['build', 'coverage', 'dist', 'docs/images'],
    tempDirName: join(folder, 'copy'),
    concurrency: 2,
    // The first mutant waits for the batch of all (jest-files.js). Endless loops end by Stryker's count of their turns.
    timeoutMS: 7_200_000,
    dryRunTimeoutMinutes: 120,
    reporters: ['progress-append-only', 'html', 'json'],
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    // Stryker reads the usual one with TypeScript's own parser, which TypeScript 7 no longer has.
    tsconfigFile: 'none',
    disableTypeChecks: '{index,{src,triggers,searches,creates}/**/*}.ts',
  };
}
