import { type FailedRun, readFailure } from '../../tools/zapier/runner.ts';

/** Returns the failure of a run as Zapier reports it. Rejects if the run succeeds, so that the test fails. */
export function failure(running: Promise<unknown>): Promise<FailedRun> {
  return running.then(() => Promise.reject(new Error('The run did not fail.')), readFailure);
}
