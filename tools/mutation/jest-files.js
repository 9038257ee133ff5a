import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
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
import { startWatchdog } from './watchdog.js';

// Stryker's runner for Jest loads every test file for every mutant, and runs them all to the end. This one loads each test
// file once for all mutants that its tests reach (environment.js). Only where a mutant is reached while files load, or a
// test cannot run twice, it loads files for one mutant: the most promising first, until a test fails.

// Stryker's processes share their folder: what one of them writes there, all of them read.
const dryRunFile = '.dry-run.json';
const resultPath = (file) => `.batch-${file.replaceAll(/\W/g, '-')}.json`;
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
function isRunning(processId) {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
/** Gives true to the first process that asks for a test file. */
function claim(file) {
  const path = `${resultPath(file)}.claim`;
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function writeResult(file, { killed, undecided }) {
  const path = resultPath(file);
  writeFileSync(`${path}.part`, JSON.stringify({ file, killed, undecided }));
  renameSync(`${path}.part`, path);
}

/** Whether the process that claimed a test file has ended before the file. */
function isAbandoned(file) {
  const path = resultPath(file);
  return (
    !existsSync(path) &&
    existsSync(`${path}.claim`) &&
    !isRunning(Number(readFileSync(`${path}.claim`, 'utf8')))
  );
}

function rememberDryRun({ tests = [], mutantCoverage }) {
  // What a test reaches is kept by its full name.
  const twice = tests.find(({ id }, index) => tests.findIndex((other) => other.id === id) !== index);
  if (twice) throw new Error(`Two tests have the name "${twice.name}". Give one of them another.`);
  const perTest = mutantCoverage?.perTest ?? {};
  const files = [...Map.groupBy(tests, ({ fileName }) => fileName)].map(([file, of]) => ({
    file,
    tests: Object.fromEntries(of.map(({ name }) => [name, perTest[name] ?? {}])),
    ms: of.reduce((sum, { timeSpentMs }) => sum + timeSpentMs, 0),
  }));
  // Quick tests first: what they catch, slower ones need not run for.
  const msATest = ({ ms, tests }) => ms / Object.keys(tests).length;
  writeFileSync(dryRunFile, JSON.stringify(files.sort((a, b) => msATest(a) - msATest(b))));
}

/** What the test files that are done have found: who caught a mutant, and which files must be loaded for it alone. */
function results() {
  const done = readdirSync('.')
    .filter((name) => /^\.batch-.+\.json$/.test(name))
    .map(readJson);
  const killed = {};
  const undecided = new Map();
  for (const { file, ...found } of done) {
    for (const [mutant, test] of Object.entries(found.killed)) killed[mutant] = { file, test };
    for (const mutant of found.undecided) undecided.set(mutant, [...(undecided.get(mutant) ?? []), file]);
  }
  return { done: done.length, killed, undecided };
}

/** The source of each mutant, by its ID: Stryker writes `stryMutAct_9fa48("17")` where mutant 17 is. */
function sourcesOfMutants() {
  const sources = globSync('{index,{src,triggers,searches,creates}/**/*}.ts').flatMap((source) =>
    [...readFileSync(source, 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => [
      id,
      resolve(source),
    ]),
  );
  return Object.fromEntries(sources);
}

/**
 * How many test files are loaded at most for a mutant that is reached while files load, once another one of its source was
 * caught; twice as many before. A mutant that survives them is not proven to survive all.
 */
const mostLoads = 5;
/** Most mutants that are reached while files load change a word of a form, and this file has all of them written down. */
const words = '/test/product/forms.test.ts';

/** How near a test file is to a source: 2 where it has its name, 1 where it has its folder. */
function nearness(file, source) {
  const [test, path] = [relative('.', file), relative('.', source)];
  if (test === `test/${path.replace(/\.ts$/, '.test.ts')}`) return 2;
  return dirname(test) === `test/${dirname(path)}` ? 1 : 0;
}

const [{ factory: createJestRunner }] = strykerPlugins;

function createRunner(injector) {
  startWatchdog();
  const log = injector.resolve(commonTokens.logger);
  const runner = injector.injectFunction(createJestRunner);
  const { dryRun, mutantRun, run } = runner;
  /** How many mutants each test file has caught: of each source, of each source after a load, and after any load. */
  const catches = new Map();
  const noteCatch = (key, file) => {
    const counts = catches.get(key) ?? new Map();
    catches.set(key, counts.set(file, (counts.get(file) ?? 0) + 1));
  };
  const afterLoad = (source) => `${source}, loaded`;
  const noteLoadedCatch = (source, file) => {
    for (const key of [source, 'any']) noteCatch(afterLoad(key), file);
  };

  /**
   * The test files to load for a mutant of a source: the one that has all words of the forms written down, those that
   * caught others like it, those beside it, and those that caught most; twice as many until the first of the source is
   * caught.
   */
  const mostPromising = (files, source) => {
    const caught = (key) => (file) => catches.get(key)?.get(file) ?? 0;
    const orders = [
      (file) => Number(file.endsWith(words)),
      caught(afterLoad(source)),
      (file) => nearness(file, source),
      caught(afterLoad('any')),
      caught(source),
    ];
    const sorted = files.toSorted(
      (a, b) => orders.map((order) => order(b) - order(a)).find((difference) => difference !== 0) ?? 0,
    );
    return sorted.slice(0, catches.has(afterLoad(source)) ? mostLoads : 2 * mostLoads);
  };

  const settings = { testEnvironment: join(import.meta.dirname, 'environment.js'), testTimeout: 30_000 };

  /** Runs a test file for all mutants that its tests reach and that no other file has caught. */
  async function runForAll({ file, tests }) {
    Object.assign(batch, {
      isForOne: false,
      hits: tests,
      killed: { ...results().killed },
      undecided: new Set(),
    });
    batch.queues = new Map(Object.entries(tests).map(([name, hits]) => [name, Object.keys(hits)]));
    const killedBefore = new Set(Object.keys(batch.killed));
    const open = () => [...batch.queues.values()].flat().filter((id) => !(id in batch.killed));
    // A load takes what it tries out of the queues; the next goes on with what is left.
    for (let before = Number.POSITIVE_INFINITY; open().length > 0 && open().length < before; ) {
      before = open().length;
      await run.call(runner, { jestConfig: { ...runner.jestConfig, ...settings }, testFiles: [file] });
    }
    for (const id of open()) batch.undecided.add(id);
    const killed = Object.fromEntries(Object.entries(batch.killed).filter(([id]) => !killedBefore.has(id)));
    writeResult(file, { killed, undecided: [...batch.undecided] });
    log.info(
      `${relative('.', file)}: caught ${Object.keys(killed).length} faults, ${killedBefore.size} before.`,
    );
  }

  /**
   * Loads and runs a test file with one mutant. Where the process ends meanwhile, `.begun-` and the mutant's ID stays behind,
   * by which the next process knows that the mutant lets no test end.
   */
  async function loadAlone(file, options) {
    const begun = `.begun-${options.activeMutant.id}`;
    if (existsSync(begun)) return { status: 'timeout', reason: 'A test did not end.' };
    writeFileSync(begun, '');
    batch.isForOne = true;
    runner.run = ({ jestConfig, ...others }) =>
      run.call(runner, { ...others, jestConfig: { ...jestConfig, ...settings }, testFiles: [file] });
    const result = await mutantRun.call(runner, { ...options, testFilter: undefined });
    rmSync(begun);
    if (result.status !== 'error') return result;
    // Stryker would leave a mutant that keeps a test file from loading out of the score; it makes `npm test` fail.
    return { status: 'killed', killedBy: [file], failureMessage: result.errorMessage, nrOfTests: 0 };
  }

  async function runAll() {
    const files = readJson(dryRunFile);
    while (results().done < files.length) {
      // A mutant that ended the process would end the next one too: which one it was shows where each is loaded alone.
      for (const { file, tests } of files.filter(({ file }) => isAbandoned(file))) {
        writeResult(file, { killed: {}, undecided: Object.values(tests).flatMap(Object.keys) });
      }
      const next = files.find(({ file }) => !existsSync(resultPath(file)) && claim(file));
      await (next ? runForAll(next) : sleep(500));
    }
    const all = { files: files.map(({ file }) => file), ...results() };
    const sources = sourcesOfMutants();
    for (const [id, { file }] of Object.entries(all.killed)) noteCatch(sources[id], file);
    return all;
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
      const source = options.sandboxFileName;
      if (id in killed) {
        return { status: 'killed', killedBy: [killed[id].test], failureMessage: '', nrOfTests: 1 };
      }
      const isStatic = options.mutantActivation === 'static';
      const toLoad = isStatic ? mostPromising(files, source) : (undecided.get(id) ?? []);
      for (const file of toLoad) {
        const result = await loadAlone(file, options);
        if (result.status === 'survived') continue;
        if (isStatic) noteLoadedCatch(source, file);
        return result;
      }
      return { status: 'survived', nrOfTests: 0 };
    },
  });
}
createRunner.inject = tokens(commonTokens.injector);

/** Leaves out the sample run that stands beside each operation: only tests and tools use it. */
const shouldIgnore = (path) =>
  path.isVariableDeclarator() && path.node.id.name === 'sampleRun'
    ? 'a sample run, not the product'
    : undefined;

export const plugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'jest-files', createRunner),
  declareValuePlugin(PluginKind.Ignore, 'sample-runs', { shouldIgnore }),
];
export { plugins as strykerPlugins, strykerValidationSchema };
