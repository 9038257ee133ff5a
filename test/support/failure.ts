import { type FailedRun, readFailure } from '../../tools/zapier/runner.ts';

/** The failure of a run, as Zapier reports it. Rejects where the run did not fail. */
export function failure(running: Promise<unknown>): Promise<FailedRun> {
  return running.then(() => Promise.reject(new Error('The run did not fail.')), readFailure);
}
