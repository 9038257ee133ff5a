import * as schema from 'zod';
import type { LoggedRequest } from '../sandbox/log.ts';
import type { Sandbox } from '../sandbox/server.ts';
import { type FailedRun, readFailure } from '../zapier/runner.ts';

type ToldRequest = Pick<LoggedRequest, 'method' | 'path' | 'body' | 'status' | 'ms'>;

/** A step of the demo and its outcome. */
export interface ToldStep {
  step: string;
  isExpected: boolean;
  /** The one fact of the result that matters, in a sentence. */
  fact: string;
  /** The step's requests to the sandbox. Path and query are as they came over the wire. */
  requests: ToldRequest[];
  ms: number;
  /** What Zapier receives: the result, or the failure's kind and sentence. */
  result: unknown;
}

export interface Chapter {
  chapter: string;
  steps: ToldStep[];
}

/** Called when a chapter begins and when a step has ended. */
export interface Listener {
  chapter: (name: string) => void;
  step: (step: ToldStep) => void;
}

/** A step did not go as expected. The demo ends there, because later steps depend on it. */
export class UnexpectedStep extends Error {}

/** A failure that the demo expects, by the kind of error that Zapier receives. */
export function refusal(kind: string): schema.ZodType<FailedRun> {
  return schema.looseObject({ kind: schema.literal(kind), sentence: schema.string() });
}

/** Describes a step that did not go as expected: the sentence of its failure, or the beginning of its result. */
function describe(result: unknown): string {
  const { sentence } = Object(result);
  return sentence === undefined ? String(JSON.stringify(result)).slice(0, 300) : `${sentence}`;
}

/** Runs the demo's steps and keeps their outcomes. */
export class Telling {
  readonly chapters: Chapter[] = [];
  readonly #sandbox: Sandbox;
  readonly #listener: Listener;

  constructor(sandbox: Sandbox, listener: Listener) {
    this.#sandbox = sandbox;
    this.#listener = listener;
  }

  chapter(name: string): void {
    this.chapters.push({ chapter: name, steps: [] });
    this.#listener.chapter(name);
  }

  /**
   * Runs a step and returns its result, or its failure if one is expected. `fact` turns that into a sentence to print.
   * Throws UnexpectedStep if the outcome is another.
   */
  async step<Result>(
    step: string,
    run: () => Promise<unknown>,
    expected: schema.ZodType<Result>,
    fact: (result: Result) => string,
  ): Promise<Result> {
    const requests: ToldRequest[] = [];
    const stop = this.#sandbox.on((event) => {
      if (event.type !== 'request') return;
      const { method, path, body, status, ms } = event.request;
      requests.push({ method, path, body, status, ms });
    });
    const start = performance.now();
    const result = await run().catch(readFailure).finally(stop);
    const ms = performance.now() - start;
    const { data, success } = expected.safeParse(result);
    const told = {
      step,
      isExpected: success,
      fact: success ? fact(data) : describe(result),
      requests,
      ms,
      result,
    };
    this.chapters.at(-1)?.steps.push(told);
    this.#listener.step(told);
    if (!success) throw new UnexpectedStep(step);
    return data;
  }
}
