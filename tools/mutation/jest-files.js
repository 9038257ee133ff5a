import { openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  commonTokens,
  declareFactoryPlugin,
  declareValuePlugin,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import { strykerPlugins, strykerValidationSchema } from '@stryker-mutator/jest-runner';
import { batch } from './environment.js';

// Stryker's runner for Jest loads every test file for every mutant, and runs them all to the end. This one loads each test
// file once for all mutants that its tests reach (environment.js). Only where a mutant is reached while files load, or a
// test cannot run twice, it loads files for one mutant: the most promising first, until a test fails.

// Stryker's processes share their folder: what one of them writes there, all of them read.
const dryRunFile = '.dry-run.json';
const resultOf = (file) => `.batch-${file.replaceAll(/\W/g, '-')}.json`;
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
/** Gives true to the first process that asks. */
function claim(path) {
  try {
    return openSync(path, 'wx') > 0;
  } catch {
    return false;
  }
}

function rememberDryRun({ tests = [], mutantCoverage }) {
  const perTest = mutantCoverage?.perTest ?? {};
  const files = [...Map.groupBy(tests, ({ fileName }) => fileName)].map(([file, of]) => ({
    file,
    tests: Object.fromEntries(of.map(({ name }) => [name, perTest[name] ?? {}])),
    ms: of.reduce((sum, { timeSpentMs }) => sum + timeSpentMs, 0),
  }));
  writeFileSync(dryRunFile, JSON.stringify(files.sort((a, b) => a.ms - b.ms)));
}

/** What the test files that are done have found: the mutants that a test caught, and those that only a fresh load can judge. */
function results() {
  const done = readdirSync('.').filter((name) => name.startsWith('.batch-') && name.endsWith('.json'));
  const all = done.map(read);
  const undecided = new Map();
  for (const { file, mutants } of all.map(({ file, undecided }) => ({ file, mutants: undecided }))) {
    for (const mutant of mutants) undecided.set(mutant, [...(undecided.get(mutant) ?? []), file]);
  }
  return { done: done.length, killed: Object.assign({}, ...all.map(({ killed }) => killed)), undecided };
}

const [{ factory: createJestRunner }] = strykerPlugins;

function createRunner(injector) {
  const log = injector.resolve(commonTokens.logger);
  const runner = injector.injectFunction(createJestRunner);
  const { dryRun, mutantRun, run } = runner;
  const caught = new Map();

  /** Runs a test file for all mutants that its tests reach and that no other file has caught. */
  async function runForAll({ file, tests }) {
    Object.assign(batch, { hits: tests, killed: { ...results().killed }, undecided: new Set() });
    batch.queues = new Map(Object.entries(tests).map(([name, hits]) => [name, Object.keys(hits)]));
    const before = new Set(Object.keys(batch.killed));
    const isOpen = () =>
      [...batch.queues.values()].some((queue) => queue.some((id) => !(id in batch.killed)));
    while (isOpen()) {
      const testEnvironment = join(import.meta.dirname, 'environment.js');
      const jestConfig = { ...runner.jestConfig, testEnvironment, testTimeout: 30_000 };
      await run.call(runner, { jestConfig, testFiles: [file] });
    }
    const killed = Object.fromEntries(Object.entries(batch.killed).filter(([id]) => !before.has(id)));
    writeFileSync(
      `${resultOf(file)}.part`,
      JSON.stringify({ file, killed, undecided: [...batch.undecided] }),
    );
    renameSync(`${resultOf(file)}.part`, resultOf(file));
    const total = new Set(Object.values(tests).flatMap(Object.keys)).size;
    log.info(
      `${relative('.', file)}: caught ${Object.keys(killed).length} of ${total} faults, ${before.size} before.`,
    );
  }

  async function runAll() {
    const files = read(dryRunFile);
    for (const each of files) if (claim(`${resultOf(each.file)}.claim`)) await runForAll(each);
    while (results().done < files.length) await sleep(500);
    return { files: files.map(({ file }) => file), ...results() };
  }
  let all;

  return Object.assign(runner, {
    async dryRun(options) {
      const result = await dryRun.call(runner, options);
      rememberDryRun(result);
      return result;
    },
    async mutantRun(options) {
      all ??= runAll();
      const { files, killed, undecided } = await all;
      const { id } = options.activeMutant;
      if (id in killed) return { status: 'killed', killedBy: [killed[id]], failureMessage: '', nrOfTests: 1 };
      const promising = files.toSorted((a, b) => (caught.get(b) ?? 0) - (caught.get(a) ?? 0));
      let result = { status: 'survived', nrOfTests: 0 };
      for (const file of options.mutantActivation === 'static' ? promising : (undecided.get(id) ?? [])) {
        runner.run = (settings) => run.call(runner, { ...settings, testFiles: [file] });
        result = await mutantRun.call(runner, { ...options, testFilter: undefined });
        if (result.status === 'survived') continue;
        caught.set(file, (caught.get(file) ?? 0) + 1);
        break;
      }
      return result;
    },
  });
}
createRunner.inject = tokens(commonTokens.injector);

/** What tests and tools make of an operation stands beside it, but is not part of what runs. */
const shouldIgnore = (path) =>
  path.isVariableDeclarator() && path.node.id.name === 'sampleRun' ? 'a run for tests' : undefined;

export const plugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'jest-files', createRunner),
  declareValuePlugin(PluginKind.Ignore, 'sample-runs', { shouldIgnore }),
];
export { plugins as strykerPlugins, strykerValidationSchema };
