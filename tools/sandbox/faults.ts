import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from './log.ts';
import { errorBody } from './refusal.ts';
import { socketFaults } from './socket-faults.ts';

/** Answers in place of the API; by default an error in its own shape. A body is sent as it is given. */
export interface AnswerFault {
  readonly status: number;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type WrongAnswer = AnswerFault | keyof typeof socketFaults;

/** Lets the API answer, but late. */
export interface DelayFault {
  readonly delayMs: number;
}

/** Lets the API do its work, then loses its answer. */
export interface LostAnswerFault {
  readonly afterwards: WrongAnswer;
}

/** What can go wrong with a request. Except after a delay or `afterwards`, a faulted request is not carried out. */
export type Fault = WrongAnswer | DelayFault | LostAnswerFault;

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
    if (typeof fault === 'object' && 'delayMs' in fault) {
      await sleep(fault.delayMs, undefined, { ref: false });
      return next();
    }
    if (typeof fault === 'object' && 'afterwards' in fault) {
      await next();
      // Hono would add the headers of the lost answer to the new one.
      c.res = undefined;
      c.res = answerWrongly(c, fault.afterwards);
      return;
    }
    return answerWrongly(c, fault);
  };
}

function answerWrongly(c: Context<Env>, fault: WrongAnswer): Response {
  if (typeof fault === 'object') return answerOf(fault);
  // First the request is logged, then its sender learns of the fault.
  setImmediate(() => socketFaults[fault](c.env.incoming.socket));
  return RESPONSE_ALREADY_SENT;
}

function answerOf({ status, body, contentType = 'application/json', headers }: AnswerFault): Response {
  if ([204, 205, 304].includes(status)) return new Response(null, { status, headers: { ...headers } });
  const text = body ?? JSON.stringify(errorBody(`The sandbox was told to answer ${status}.`));
  return new Response(text, { status, headers: { 'Content-Type': contentType, ...headers } });
}
