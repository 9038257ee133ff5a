import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { faultCatalogue } from './fault-catalogue.ts';
import type { Env } from './log.ts';
import { errorBody } from './requests.ts';

/** Answers instead of the API. If `body` is missing, the answer is an error in the API's shape. */
export interface AnswerFault {
  readonly status: number;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers on the connection itself, below HTTP: wrongly or not at all. */
export interface SocketFault {
  readonly answerOn: (socket: Socket) => void;
}

type WrongAnswer = AnswerFault | SocketFault;

/** Lets the API answer late, and may close the connection after the answer, announced or not. */
export interface DelayFault {
  readonly delayMs: number;
  readonly closesConnection?: boolean;
  readonly closesBy?: 'FIN' | 'RST';
  readonly afterMs?: number;
}

/** Lets the API answer, but then hides the new contact: for `unknownForMs`, requests for it get "no such contact". */
export interface UnknownFault {
  readonly unknownForMs: number;
}

/** Lets the API carry the request out, but sends `afterwards` instead of its answer. */
export interface LostAnswerFault {
  readonly afterwards: WrongAnswer;
}

/** What can go wrong with a request. With `status` or `answerOn` at the top, the request is not carried out. */
export type Fault = WrongAnswer | DelayFault | UnknownFault | LostAnswerFault;

/** The faults of the catalogue that a running sandbox can produce, by name. */
export const sandboxFaults: ReadonlyMap<string, { does: string; fault: Fault }> = new Map(
  faultCatalogue.flatMap(({ name, does, fault }) =>
    typeof fault === 'object' ? [[name, { does, fault }]] : [],
  ),
);

/** The queue of faults for the next requests. */
export class Faults {
  readonly #changed: () => void;
  #waiting: { name: string; fault: Fault }[] = [];

  /** `changed` is called after each change of the queue. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The names of the queued faults, the next one first; `other` for one that is not in the catalogue. */
  get waiting(): string[] {
    return this.#waiting.map(({ name }) => name);
  }

  /** Queues a fault for the next `count` requests. Throws if the catalogue has no such name, or if HTTP forbids the answer. */
  failNext(count: number, given: Fault | string): void {
    const fault = typeof given === 'string' ? sandboxFaults.get(given)?.fault : given;
    if (!fault) throw new Error(`The sandbox has no fault "${given}".`);
    if ('status' in fault) answerOf(fault);
    const name = typeof given === 'string' ? given : 'other';
    this.#waiting.push(...Array.from({ length: count }, () => ({ name, fault })));
    this.#changed();
  }

  clear(): void {
    this.#waiting = [];
    this.#changed();
  }

  /** Applies the next fault to a request, if one is queued. */
  readonly middleware: MiddlewareHandler<Env> = async (c, next) => {
    const fault = this.#waiting.shift()?.fault;
    if (!fault) return next();
    this.#changed();
    if ('unknownForMs' in fault) {
      c.set('unknownForMs', fault.unknownForMs);
      return next();
    }
    if ('delayMs' in fault) {
      await sleep(fault.delayMs, undefined, { ref: false });
      await next();
      if (fault.closesConnection) c.header('Connection', 'close');
      const { closesBy, afterMs = 0 } = fault;
      const { socket } = c.env.incoming;
      const close = () => (closesBy === 'FIN' ? socket.end() : socket.resetAndDestroy());
      if (closesBy) c.env.outgoing.once('finish', () => setTimeout(close, afterMs).unref());
      return;
    }
    if ('afterwards' in fault) {
      await next();
      // Without this, Hono would add the headers of the lost answer to the new one.
      c.res = undefined;
      c.res = answerWrongly(c, fault.afterwards);
      return;
    }
    return answerWrongly(c, fault);
  };
}

function answerWrongly(c: Context<Env>, fault: WrongAnswer): Response {
  if ('status' in fault) return answerOf(fault);
  // The answer waits until the request is logged, so that its sender finds it in the log.
  setImmediate(() => fault.answerOn(c.env.incoming.socket));
  return RESPONSE_ALREADY_SENT;
}

function answerOf({ status, body, contentType = 'application/json', headers }: AnswerFault): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers: { ...headers } });
  const text = body ?? JSON.stringify(errorBody(`The sandbox was told to answer ${status}.`));
  return new Response(text, { status, headers: { 'Content-Type': contentType, ...headers } });
}
