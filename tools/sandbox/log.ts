import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { errorBody } from './requests.ts';

/** `unknownForMs`: how long the API shall not know a contact that the request creates. */
export type Env = { Bindings: HttpBindings; Variables: { body: string; unknownForMs?: number } };

/** A request and its answer. */
export interface LoggedRequest {
  /** Unix seconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly path: string;
  /** Names in lower case; the token is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where it was too large to be read. */
  readonly body: string;
  /** Null when a fault gave no answer. */
  readonly status: number | null;
  readonly answer: string;
  readonly ms: number;
}

/** How many of the last requests are kept. */
const KEPT = 1000;
/** The documents name no limit; this one spares memory. */
const LARGEST_BODY = 1024 * 1024;

/** The last thousand requests, oldest first. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly #now: () => number;
  readonly #logged: (request: LoggedRequest) => void;

  constructor(now: () => number, logged: (request: LoggedRequest) => void) {
    this.#now = now;
    this.#logged = logged;
  }

  readonly middleware: MiddlewareHandler<Env> = async (c, next) => {
    const at = this.#now();
    const start = performance.now();
    const body = await readLimited(c.req.raw);
    c.set('body', body ?? '');
    if (body === undefined) c.res = c.json(errorBody('The body is larger than 1 MB.'), 413);
    else await next();
    // The adapter's mark of an answer that is not Hono's to give.
    const unanswered = c.res.headers.has('x-hono-already-sent');
    const request = {
      at,
      method: c.req.method,
      path: c.env.incoming.url ?? '',
      headers: masked(c.req.header()),
      body: c.get('body'),
      status: unanswered ? null : c.res.status,
      answer: await c.res.clone().text(),
      ms: performance.now() - start,
    };
    this.requests.push(request);
    if (this.requests.length > KEPT) this.requests.shift();
    this.#logged(request);
  };
}

/**
 * A request's body, or undefined where it is too large. That one is read to its end and not kept: a client that is
 * answered while it sends may find its connection reset, and no answer.
 */
export async function readLimited({ body }: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size > LARGEST_BODY ? undefined : Buffer.concat(chunks).toString();
}

function masked(headers: Record<string, string>): Record<string, string> {
  const { authorization, ...others } = headers;
  if (authorization === undefined) return others;
  return { ...others, authorization: authorization.startsWith('Bearer ') ? 'Bearer ***' : '***' };
}
