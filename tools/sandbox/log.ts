import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { errorBody } from './refusal.ts';

export type Env = { Bindings: HttpBindings; Variables: { body: string } };

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

const MB = 1024 * 1024;
/** What is kept of old requests, in number and in bytes. */
const KEPT = { requests: 1000, bytes: 16 * MB };
/** The documents name no limit; this one spares memory. */
const LARGEST_BODY = MB;

/** The last requests, oldest first: a thousand, or as many as 16 MB hold. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly #sizes: number[] = [];
  #bytes = 0;
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
    this.#add({
      at,
      method: c.req.method,
      path: c.env.incoming.url ?? '',
      headers: masked(c.req.header()),
      body: c.get('body'),
      status: unanswered ? null : c.res.status,
      answer: await c.res.clone().text(),
      ms: performance.now() - start,
    });
  };

  #add(request: LoggedRequest): void {
    const size = Buffer.byteLength(JSON.stringify(request));
    this.requests.push(request);
    this.#sizes.push(size);
    this.#bytes += size;
    while (this.requests.length > KEPT.requests || this.#bytes > KEPT.bytes) {
      this.requests.shift();
      this.#bytes -= this.#sizes.shift() ?? 0;
    }
    this.#logged(request);
  }
}

/**
 * A request's body, or undefined where it is too large. That one is read to its end and not kept: a client that is
 * answered while it sends may find its connection reset, and no answer.
 */
async function readLimited({ body }: Request): Promise<string | undefined> {
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
