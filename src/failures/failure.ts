import { errors } from 'zapier-platform-core';

/**
 * Why a run failed, in the user's words. `halted` stops only this run, and never switches the Zap off; `refused` counts as
 * an error; `reconnect` asks the user to connect the channel again; `throttled` makes Zapier run the step again later.
 */
export interface Failure {
  kind: 'halted' | 'refused' | 'reconnect' | 'throttled';
  code: string; // A stable name, like `unknown_contact`.
  sentence: string; // What happened, and in which field.
  remedy?: string | undefined; // What the user can do.
  retryAdvice?: string | undefined; // Says if it is safe to run the step again.
  status?: number; // The HTTP status, if there was an answer.
  delay?: number; // Seconds to wait, for `throttled`.
  isUnclear?: boolean; // True if nobody can know whether the request worked.
}

function platformError({ kind, sentence, remedy, retryAdvice, code, status, delay }: Failure): Error {
  const message = [sentence, remedy, retryAdvice].filter(Boolean).join(' ');
  if (kind === 'halted') return new errors.HaltedError(message);
  if (kind === 'reconnect') return new errors.ExpiredAuthError(message);
  if (kind === 'throttled') return new errors.ThrottledError(message, delay);
  return new errors.Error(message, code, status);
}

/** Zapier's error classes keep only the message, so this map holds the failure behind each error. */
const failures = new WeakMap<object, Failure>();

export function toPlatformError(failure: Failure): Error {
  // Without doNotContextify, core appends its log of the run to the sentence.
  const error = Object.assign(platformError(failure), { doNotContextify: true });
  failures.set(error, failure);
  return error;
}

/** Returns the failure behind an error; undefined for errors from elsewhere. */
export const failureOf = (error: unknown): Failure | undefined => failures.get(Object(error));

/** Returns an input error: it tells the user which input to correct, and stops this run before anything is written. */
export const badInput = (sentence: string): Error =>
  toPlatformError({ kind: 'halted', code: 'bad_input', sentence });
