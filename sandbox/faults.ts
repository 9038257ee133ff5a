import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import type { Env } from './log.ts';
import { errorBody } from './refusal.ts';

/** Answers in place of the API; by default an error in its own shape. A body is sent as it is given. */
export interface AnswerFault {
  readonly status: number;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lets the API answer, but late. */
export interface DelayFault {
  readonly delayMs: number;
}

/** Faults below HTTP: each is given the connection and answers, or does not, by itself. */
const socketFaults = {
  hang: () => {},
  reset: (socket: Socket) => {
    socket.resetAndDestroy();
  },
};

/** What can go wrong with a request. Except after a delay, a faulted request is not carried out. */
export type Fault = AnswerFault | DelayFault | keyof typeof socketFaults;

/** The faults that await the next requests, in turn. */
export class Faults {
  #waiting: Fault[] = [];

  failNext(count: number, fault: Fault): void {
    if (typeof fault === 'object' && 'status' in fault) answerOf(fault);
    this.#waiting.push(...Array.from({ length: count }, () => fault));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Applies the next fault to a request, if one is waiting. */
  readonly middleware: MiddlewareHandler<Env> = async (c, next) => {
    const fault = this.#waiting.shift();
    if (fault === undefined) return next();
    if (typeof fault === 'string') {
      socketFaults[fault](c.env.incoming.socket);
      return RESPONSE_ALREADY_SENT;
    }
    if ('status' in fault) return answerOf(fault);
    await sleep(fault.delayMs, undefined, { ref: false });
    return next();
  };
}

function answerOf({ status, body, contentType = 'application/json', headers }: AnswerFault): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers: { ...headers } });
  const text = body ?? JSON.stringify(errorBody(`The sandbox was told to answer ${status}.`));
  return new Response(text, { status, headers: { 'Content-Type': contentType, ...headers } });
}
