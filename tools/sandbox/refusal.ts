import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A request the API refuses: 403 with a reason, save where the documents name another status. */
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
  return c.json(errorBody('The sandbox itself failed; its output says how.'), 500);
}
