import type { LoggedRequest } from '../sandbox/log.ts';
import type { Sandbox } from '../sandbox/server.ts';
import { type FailedRun, readFailure } from '../zapier/runner.ts';

/** A run's result or failure, and its requests. */
export interface Report {
  outcome: { result: unknown } | { failure: FailedRun };
  ms: number;
  requests: readonly LoggedRequest[];
}

/** Returns the failure of a run, if it failed. */
export function failureOf({ outcome }: Report): FailedRun | undefined {
  return 'failure' in outcome ? outcome.failure : undefined;
}

/** Runs one operation at a time, so that all requests which the sandbox logs meanwhile belong to it. */
export class RunQueue {
  readonly #sandbox: Sandbox;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Runs an operation after those queued before it. A failed run does not reject: its failure is part of the report. */
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
