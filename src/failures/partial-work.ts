import { failureOf, toPlatformError } from './failure.ts';
import { halted } from './repeated.ts';

/** The advice for a step that looks for the contact before it creates one. */
export const foundAgainAdvice = 'Running this step again is safe, because it looks for the contact first.';

/** What the earlier requests of a run did before a later one failed. */
export interface PartialWork {
  sentence: string;
  retryAdvice?: string; // Missing if running the step again is safe, so that Zapier may do it by itself.
}

const safeAdvice = 'Running this step again is safe.';

/** Codes whose remedy is kept. Others doubt the connection or the contact, which an earlier success has proved right. */
const remediesThatApply = ['bad_token', 'refused', 'repeated'];

/** Returns the error with a sentence in front that tells what the run had done before. */
export function errorAfterWork(error: unknown, { sentence, retryAdvice }: PartialWork): unknown {
  const failure = failureOf(error);
  if (!failure) return error;
  // Zapier repeats such a run by itself: after the delay, or after the user has connected again.
  const isSafe = retryAdvice === undefined;
  const runsAgain = isSafe && ['throttled', 'reconnect'].includes(failure.kind);
  return toPlatformError({
    ...failure,
    kind: runsAgain ? failure.kind : 'refused',
    sentence: `${sentence} ${failure.sentence}`,
    remedy: remediesThatApply.includes(failure.code) ? failure.remedy : undefined,
    retryAdvice: (runsAgain && failure.retryAdvice) || (retryAdvice ?? safeAdvice),
  });
}

/** Makes a later request of a run. If it fails, the error says what the earlier ones did. */
export async function sendAfterWork<T>(work: PartialWork, send: () => Promise<T>): Promise<T> {
  return send().catch((error) => {
    throw errorAfterWork(error, work);
  });
}

/** Returns the error of a message to a new contact. Running again is safe unless the message may have been sent. */
export function errorOfFirstMessage(error: unknown, id: string): unknown {
  const failure = failureOf(error);
  const mayBeSent = failure?.isUnclear || failure?.code === 'repeated';
  const told = errorAfterWork(error, {
    sentence: `The contact was created with the ID "${id}", but its message may not have been sent.`,
    retryAdvice: (mayBeSent && failure.retryAdvice) || foundAgainAdvice,
  });
  const partial = failureOf(told);
  // A HaltedError stays one. Zapier runs other errors again by itself, which could send the message twice.
  return partial && mayBeSent && failure.kind === 'halted' ? halted(partial) : told;
}
