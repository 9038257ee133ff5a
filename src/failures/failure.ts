import { errors } from 'zapier-platform-core';

/**
 * Why a run failed, in the user's words.
 *
 * `halted` stops this run and never switches the Zap off; `refused` counts as an error; `reconnect` asks the user to
 * connect the channel again; `throttled` makes the run wait until the platform tries it again.
 */
export interface Failure {
  kind: 'halted' | 'refused' | 'reconnect' | 'throttled';
  /** A stable name for programs, like `unknown_contact`. */
  code: string;
  /** What happened, and in which field. */
  sentence: string;
  /** What to do about it. */
  remedy?: string | undefined;
  /** Whether running the step again is safe. */
  retryAdvice?: string | undefined;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** Seconds to wait, for `throttled`. */
  delay?: number;
  /** Nobody can know whether the request did its work. */
  isUnclear?: boolean;
}

function platformError({ kind, sentence, remedy, retryAdvice, code, status, delay }: Failure): Error {
  const message = [sentence, remedy, retryAdvice].filter(Boolean).join(' ');
  switch (kind) {
    case 'halted':
      return new errors.HaltedError(message);
    case 'reconnect':
      return new errors.ExpiredAuthError(message);
    case 'throttled':
      return new errors.ThrottledError(message, delay);
    case 'refused':
      return new errors.Error(message, code, status);
  }
}

/** The platform's error classes keep only the message, so the failure is found by the error. */
const failures = new WeakMap<object, Failure>();

/** The error to throw for a failure. */
export function toPlatformError(failure: Failure): Error {
  // Without doNotContextify, core appends its log of the run to the sentence.
  const error = Object.assign(platformError(failure), { doNotContextify: true });
  failures.set(error, failure);
  return error;
}

/** The failure that `toPlatformError` was given for this error; undefined for any other error. */
export function failureOf(error: unknown): Failure | undefined {
  return failures.get(Object(error));
}

/** The error for an input that cannot work. It stops the run before anything is sent. */
export function badInput(sentence: string): Error {
  return toPlatformError({ kind: 'halted', code: 'bad_input', sentence });
}
