import { readFileSync, writeFileSync } from 'node:fs';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { strykerPlugins, strykerValidationSchema } from '@stryker-mutator/jest-runner';

// Stryker's runner for Jest loads every test file for every mutant, and runs them all to the end. This one loads those
// that run the mutated code, the quickest first, and stops after the first that fails.

/** In the folder that Stryker's processes share: the names and the time of the tests of each file. */
const testList = '.tests-by-file.json';

function rememberTests({ tests = [], mutantCoverage }) {
  const mutantsOf = ({ id }) => Object.keys(mutantCoverage?.perTest[id] ?? {});
  const files = [...Map.groupBy(tests, ({ fileName }) => fileName)].map(([file, of]) => ({
    file,
    names: of.map(({ name }) => name),
    mutants: new Set(of.flatMap(mutantsOf)).size,
    ms: of.reduce((sum, { timeSpentMs }) => sum + timeSpentMs, 0),
  }));
  writeFileSync(testList, JSON.stringify(files));
}

/**
 * The test files that hold one of these tests, the quickest first. What runs when a file is loaded has no tests of its
 * own: for it these are all files, those first that run most of the other mutants.
 */
function filesOf(testNames) {
  const files = JSON.parse(readFileSync(testList, 'utf8'));
  const chosen = testNames
    ? files.filter(({ names }) => names.some((name) => testNames.includes(name))).sort((a, b) => a.ms - b.ms)
    : files.sort((a, b) => b.mutants - a.mutants || a.ms - b.ms);
  return chosen.map(({ file }) => file);
}

const [{ factory: createJestRunner }] = strykerPlugins;

function createRunner(injector) {
  const runner = injector.injectFunction(createJestRunner);
  const { dryRun, mutantRun, run } = runner;
  return Object.assign(runner, {
    async dryRun(options) {
      const result = await dryRun.call(runner, options);
      rememberTests(result);
      return result;
    },
    async mutantRun(options) {
      let result = { status: 'survived', nrOfTests: 0 };
      let nrOfTests = 0;
      for (const file of filesOf(options.testFilter)) {
        runner.run = (settings) => run.call(runner, { ...settings, testFiles: [file] });
        result = await mutantRun.call(runner, options);
        nrOfTests += result.nrOfTests ?? 0;
        if (result.status !== 'survived') break;
      }
      return 'nrOfTests' in result ? { ...result, nrOfTests } : result;
    },
  });
}
createRunner.inject = tokens(commonTokens.injector);

export const plugins = [declareFactoryPlugin(PluginKind.TestRunner, 'jest-files', createRunner)];
export { plugins as strykerPlugins, strykerValidationSchema };
