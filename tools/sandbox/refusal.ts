import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A request that the API refuses: with 403 and a reason, except where the documents name another status. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;

  constructor(message: string, status: ContentfulStatusCode = 403) {
    super(message);
    this.status = status;
  }
}

/** The body of every error. */
export function errorBody(message: string) {
  return { status: 'error', message, data: [] };
}

/** Answers a refusal, and 500 to an error of the sandbox itself. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof Refusal) return c.json(errorBody(error.message), error.status);
  console.error(error);
  return c.json(errorBody('The sandbox has a bug: its terminal shows the error.'), 500);
}
