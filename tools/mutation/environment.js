import { setImmediate as nextTurn } from 'node:timers/promises';
import StrykerEnvironment from '@stryker-mutator/jest-runner/jest-env/node';

// To load a test file takes about a second, to run one of its tests milliseconds. So this environment of Jest loads a file
// once, and runs each of its tests first without a mutant and then with each that it reaches: the code that Stryker has
// changed asks at every place whether its mutant is active. Jest's own retries make a test run again.

/**
 * What one load of a test file is to try, and what it has found. Where `isForOne` is set, a mutant was active while the file
 * was loaded, and the first test that fails is enough. Otherwise, `queues` holds the IDs of the mutants by the test's full
 * name, from which what is tried is taken away; `hits` how often each test reaches each of them; `killed` which test caught
 * a mutant; `undecided` the mutants for which a file must be loaded alone.
 */
export const batch = { isForOne: false, queues: new Map(), hits: {}, killed: {}, undecided: new Set() };

/** A test that reaches a mutant that much more often than the code without it is in an endless loop. */
const hitLimit = (hits) => 20 * hits + 100;
/**
 * The changed code asks at every place which mutant is active. A test that makes it ask that much more often than without
 * one is in an endless loop too, of which the mutant itself is no part. No time limit ends a loop that awaits no more
 * than promises, as timers wait for those.
 */
const askLimit = (asked) => 20 * asked + 100_000;
const asking = { active: undefined, count: 0, limit: Number.POSITIVE_INFINITY };
const activeMutant = {
  configurable: true,
  enumerable: true,
  get() {
    asking.count += 1;
    if (asking.count > asking.limit) throw new Error('The test is in an endless loop.');
    return asking.active;
  },
  set(mutant) {
    asking.active = mutant;
  },
};
const rerunSignal = new Error('The test is to run again.');
const fullName = ({ parent, name }) => (parent ? `${fullName(parent)} ${name}`.trimStart() : '');

export default class extends StrykerEnvironment {
  #queue = [];
  /** The mutant of this run of the test; undefined in a run that must pass. */
  #active;
  /** The mutant with which the run before this one failed: the failure counts where this one passes. */
  #suspect;
  #errors = [];
  #isLast = false;
  #runIndex = 0;
  /** How often the code asked for the active mutant in a run without one. */
  #asked = 0;
  /** Whether a mutant was active since the file was loaded. */
  #touched = false;
  /** What an earlier run left behind is still there: the other tests are skipped, and the file is loaded again. */
  #mustReload = false;

  constructor(config, context) {
    super(config, context);
    if (batch.isForOne) {
      this.#listen({
        test_start: (test) => {
          if (this.#errors.length > 0) test.mode = 'skip';
        },
        test_done: ({ errors }) => this.#errors.push(...errors),
      });
      return;
    }
    // What jest.retryTimes(…, { retryImmediately: true }) sets.
    this.global[Symbol.for('RETRY_TIMES')] = Number.MAX_SAFE_INTEGER;
    this.global[Symbol.for('RETRY_IMMEDIATELY')] = true;
    this.#listen({
      test_start: (test) => test.invocations === 1 && this.#begin(test),
      test_done: (test) => this.#end(test),
      // Thousands of runs that await no more than promises would look like one endless loop to the watchdog.
      test_retry: async (test) => {
        await nextTurn();
        this.#runAgain(test);
      },
    });
  }

  #listen(handlers) {
    const handle = this.handleTestEvent;
    this.handleTestEvent = async (event, state) => {
      await handle.call(this, event, state);
      await handlers[event.name]?.(event.test);
    };
  }

  #begin(test) {
    this.#queue = batch.queues.get(fullName(test)) ?? [];
    this.#dropKilled();
    if (this.#queue.length === 0 || this.#mustReload) test.mode = 'skip';
    this.#suspect = undefined;
    this.#isLast = false;
    this.#runIndex = 0;
  }

  #end(test) {
    this.#errors = test.errors;
    if (this.#isLast) {
      this.#judge(test);
      test.errors = [];
    } else {
      test.errors.push(rerunSignal);
    }
  }

  #runAgain(test) {
    this.#judge(test);
    this.#runIndex += 1;
    this.#dropKilled();
    // Two runs without a mutant come first: they show that the test can run again.
    const without = this.#runIndex === 1 || this.#suspect || this.#mustReload;
    this.#activate(without ? undefined : this.#queue.shift(), test);
    this.#isLast = this.#mustReload || (!this.#active && this.#queue.length === 0);
  }

  #activate(mutant, test) {
    this.#active = mutant;
    const stryker = this.global.__stryker__;
    Object.defineProperty(stryker, 'activeMutant', activeMutant);
    stryker.activeMutant = mutant;
    asking.count = 0;
    asking.limit = mutant ? askLimit(this.#asked) : Number.POSITIVE_INFINITY;
    stryker.hitCount = mutant && 0;
    stryker.hitLimit = mutant && hitLimit(batch.hits[fullName(test)][mutant]);
  }

  #judge(test) {
    const { hitCount, hitLimit } = this.global.__stryker__;
    const failures = this.#errors.filter((error) => error !== rerunSignal);
    const failed = failures.length > 0 || hitCount > hitLimit || asking.count > asking.limit;
    if (this.#active) this.#judgeMutant(test, failed, String(failures));
    else this.#judgeWithout(test, failed);
  }

  #judgeMutant(test, failed, failures) {
    this.#touched = true;
    if (failed) this.#suspect = this.#active;
    // What the test has begun may still go on: the file is loaded again before another mutant is tried.
    if (failures.includes('Exceeded timeout')) {
      batch.killed[this.#active] = fullName(test);
      this.#mustReload = true;
    }
  }

  #judgeWithout(test, failed) {
    if (!failed) {
      this.#asked = asking.count;
      if (this.#suspect) batch.killed[this.#suspect] = fullName(test);
      this.#suspect = undefined;
      return;
    }
    if (this.#mustReload) return;
    if (this.#suspect) batch.undecided.add(this.#suspect);
    // It fails right after the file was loaded, or passes once and fails when it runs again: no mutant can be judged by it.
    if (!this.#touched || this.#runIndex === 1)
      for (const mutant of this.#queue.splice(0)) batch.undecided.add(mutant);
    this.#mustReload = true;
  }

  #dropKilled() {
    while (this.#queue[0] in batch.killed) this.#queue.shift();
  }
}
