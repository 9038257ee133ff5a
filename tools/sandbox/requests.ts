import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Env } from './log.ts';
import { type Operation, reasonsOf, schemaAt } from './openapi.ts';
import type { Settings } from './settings.ts';

/** Thrown for a request that the API refuses: with 403 and a reason, unless the documents name another status. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;

  constructor(message: string, status: ContentfulStatusCode = 403) {
    super(message);
    this.status = status;
  }
}

/** The body of every error. */
export const errorBody = (message: string) => ({ status: 'error', message, data: [] });

/** Returns the answer to a refused request, or a 500 if the error is a bug of the sandbox. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof Refusal) return c.json(errorBody(error.message), error.status);
  console.error(error);
  return c.json(errorBody('The sandbox has a bug: its terminal shows the error.'), 500);
}

/** Refuses a request whose path exists, but not with this method. */
export function methodNotAllowed(): never {
  throw new Refusal('405 Method Not Allowed.', 405);
}

/**
 * Checks what comes before the body: the method (Hono would answer HEAD as GET), the token, the rate limit and the query.
 * The limit uses the real clock; a window begins with the first request after the last one's end.
 */
export function createGuard(settings: Readonly<Settings>) {
  const limits = {
    Contacts: new RateLimiterMemory({ points: 100, duration: 60 }),
    Messages: new RateLimiterMemory({ points: 25, duration: 1 }),
  };
  return ({ tag, checkQuery }: Operation): MiddlewareHandler<Env> =>
    async (c, next) => {
      if (c.req.method === 'HEAD') methodNotAllowed();
      if (c.req.header('Authorization') !== `Bearer ${settings.token}`) {
        throw new Refusal('API Token is invalid.', 401);
      }
      if (settings.rateLimits) {
        await limits[tag].consume(settings.token).catch(() => {
          throw new Refusal('Too many requests', 429);
        });
      }
      const pairs = [...new URL(c.req.url).searchParams];
      const query = Object.fromEntries(pairs);
      if (Object.keys(query).length < pairs.length) throw new Refusal('A query parameter is given twice.');
      const reasons = checkQuery(query);
      if (reasons) throw new Refusal(reasons);
      return next();
    };
}

/** Parses JSON as PHP does: half of a surrogate pair, which UTF-8 cannot hold, makes the whole body malformed. */
function parseJson(text: string): unknown {
  const whole = (value: string) => {
    if (!value.isWellFormed()) throw new Refusal('Single unpaired high surrogate in Unicode escape.');
  };
  try {
    return JSON.parse(text, (key, value) => {
      whole(key);
      if (typeof value === 'string') whole(value);
      return value;
    });
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('The body is not JSON.');
  }
}

/** Returns a reader of JSON bodies with the schema at a place of the description. It throws Refusal if a body does not match. */
export function bodyReader<Body>(place: string): (c: Context<Env>) => Body {
  const isBody = schemaAt<Body>(place);
  return (c) => {
    if (!/^application\/json *(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
      throw new Refusal('The Content-Type must be application/json.');
    }
    const body = parseJson(c.get('body'));
    if (isBody(body)) return body;
    throw new Refusal(reasonsOf(isBody, 'body'));
  };
}
