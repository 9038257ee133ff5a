import { type Failure, toPlatformError } from './failure.ts';

/** The kinds of work that must not be done twice. */
export type DoneOnce = 'message' | 'contact' | 'request';
/** Seconds for which a request of unknown outcome is not repeated. */
export const markSeconds = 12 * 3600;

/** The sentences of a run that refuses to repeat a request. Times look like `10:42`. */
const repeated = {
  message: {
    sentence: (at: string) => `This message may already have been sent at ${at} UTC. It was not sent again.`,
    remedy: 'Check the conversation.',
    retryAdvice: (until: string) =>
      `To send it anyway, change the message, or run this step again after ${until} UTC.`,
  },
  contact: {
    sentence: (at: string) =>
      `This contact may already have been created at ${at} UTC. It was not created again.`,
    remedy: 'Look for the contact first.',
    retryAdvice: (until: string) =>
      `To create it anyway, change one of its fields, or run this step again after ${until} UTC.`,
  },
  request: {
    sentence: (at: string) => `This request may already have worked at ${at} UTC. It was not sent again.`,
    remedy: 'Check what it did.',
    retryAdvice: (until: string) =>
      `To send it anyway, change the Body field, or run this step again after ${until} UTC.`,
  },
};

const clockTime = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 16);

/** Returns the error that stops a run before it repeats a request whose outcome is unknown since `at` (Unix seconds). */
export function alreadyDone(what: DoneOnce, at: number): Error {
  const { sentence, remedy, retryAdvice } = repeated[what];
  return toPlatformError({
    kind: 'halted',
    code: 'repeated',
    sentence: sentence(clockTime(at)),
    remedy,
    // One minute is added because the seconds are not shown.
    retryAdvice: retryAdvice(clockTime(at + markSeconds + 60)),
  });
}

/** Returns the failure as a HaltedError, because Zapier does not run such a step again by itself. */
export const halted = (failure: Failure): Error => toPlatformError({ ...failure, kind: 'halted' });
