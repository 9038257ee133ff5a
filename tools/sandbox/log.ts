import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { errorBody } from './requests.ts';

/** `unknownForMs`: for how long the API hides a contact that the request creates. */
export type Env = { Bindings: HttpBindings; Variables: { body: string; unknownForMs?: number } };

/** A request and its answer. */
export interface LoggedRequest {
  /** Unix seconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query exactly as they were received. */
  readonly path: string;
  /** Names in lower case; the token is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty if it was too large to be read. */
  readonly body: string;
  /** Null if a fault left the request without an answer. */
  readonly status: number | null;
  readonly answer: string;
  readonly ms: number;
}

/** How many of the last requests are kept. */
const KEPT = 1000;
/** The largest body that is read. The documents name no limit; this one spares memory. */
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
    // The adapter marks with this header an answer that was sent without Hono.
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
 * Reads a request's body; undefined if it is too large. That one is read to its end and dropped: a client that is answered
 * while it still sends may see a reset connection instead of the answer.
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
