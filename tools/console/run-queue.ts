import type { LoggedRequest } from '../sandbox/log.ts';
import type { Sandbox } from '../sandbox/server.ts';
import { type FailedRun, readFailure } from '../zapier/runner.ts';

/** What came of a run, and the requests that it made. */
export interface Report {
  outcome: { result: unknown } | { failure: FailedRun };
  ms: number;
  requests: readonly LoggedRequest[];
}

/** The failure of a run, if it failed. */
export function failureOf({ outcome }: Report): FailedRun | undefined {
  return 'failure' in outcome ? outcome.failure : undefined;
}

/** Runs one operation at a time: only then do the requests that the sandbox logs meanwhile belong to it. */
export class RunQueue {
  readonly #sandbox: Sandbox;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Waits for the runs before it. Never rejects for a failed run: the failure is part of the report. */
  run(operation: () => Promise<unknown>): Promise<Report> {
    const report = this.#last.then(() => this.#record(operation));
    this.#last = report.catch(() => undefined);
    return report;
  }

  async #record(operation: () => Promise<unknown>): Promise<Report> {
    const requests: LoggedRequest[] = [];
    const stop = this.#sandbox.on((event) => {
      if (event.type === 'request') requests.push(event.request);
    });
    const start = performance.now();
    const outcome = await operation().then(
      (result) => ({ result }),
      (error: unknown) => ({ failure: readFailure(error) }),
    );
    stop();
    return { outcome, ms: performance.now() - start, requests };
  }
}
