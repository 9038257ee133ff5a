import type { LoggedRequest } from '../sandbox/log.ts';
import type { Sandbox } from '../sandbox/server.ts';
import { type FailedRun, readFailure } from '../zapier/runner.ts';

/** What came of a run, and what it did on the wire. */
export interface Report {
  outcome: { result: unknown } | { failure: FailedRun };
  ms: number;
  wire: readonly LoggedRequest[];
}

/** The failure of a run, if it failed. */
export function failureOf({ outcome }: Report): FailedRun | undefined {
  return 'failure' in outcome ? outcome.failure : undefined;
}

/** Runs one thing after another, so that the requests that the sandbox logs meanwhile are the run's. */
export class Runs {
  readonly #sandbox: Sandbox;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Waits for its turn, then runs and watches. A failure is part of the report. */
  report(act: () => Promise<unknown>): Promise<Report> {
    const turn = this.#last.then(() => this.#watch(act));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #watch(act: () => Promise<unknown>): Promise<Report> {
    const wire: LoggedRequest[] = [];
    const stop = this.#sandbox.on((event) => {
      if (event.type === 'request') wire.push(event.request);
    });
    const start = performance.now();
    const outcome = await act().then(
      (result) => ({ result }),
      (error: unknown) => ({ failure: readFailure(error) }),
    );
    stop();
    return { outcome, ms: performance.now() - start, wire };
  }
}
