import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';

export type Env = { Bindings: HttpBindings };

/** A request and its answer. */
export interface LoggedRequest {
  /** Unix seconds. */
  readonly at: number;
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly path: string;
  /** Names in lower case; the token is masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Null when a fault gave no answer. */
  readonly status: number | null;
  readonly answer: string;
  readonly ms: number;
}

const KEPT = 1000;

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
    const body = await c.req.text();
    await next();
    // The adapter's mark of an answer that is not Hono's to give.
    const unanswered = c.res.headers.has('x-hono-already-sent');
    this.#add({
      at,
      method: c.req.method,
      path: c.env.incoming.url ?? '',
      headers: masked(c.req.header()),
      body,
      status: unanswered ? null : c.res.status,
      answer: await c.res.clone().text(),
      ms: performance.now() - start,
    });
  };

  #add(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT) this.requests.shift();
    this.#logged(request);
  }
}

function masked(headers: Record<string, string>): Record<string, string> {
  const { authorization, ...others } = headers;
  return authorization === undefined ? others : { ...others, authorization: mask(authorization) };
}

function mask(authorization: string): string {
  return authorization.startsWith('Bearer ') ? 'Bearer ***' : '***';
}
