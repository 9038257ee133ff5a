import { failureOf, toPlatformError } from './failure.ts';
import { halted } from './repeated.ts';

/** Whether to run a step again that looks for the contact before it creates one. */
export const foundAgainAdvice = 'Running this step again is safe, because it looks for the contact first.';

/** What the earlier requests of a run had done when a later one failed. */
export interface PartialWork {
  /** What was done and what was not. */
  sentence: string;
  /** Whether running the step again is safe. */
  retryAdvice: string;
  /** Whether the platform may run the step again by itself. */
  isRepeatable: boolean;
}

/** After a first success the connection and the contact are known to be right; these remedies still apply. */
const remediesThatApply = ['bad_token', 'refused', 'repeated'];

/** The same error, its sentence preceded by what was done before it. */
export function afterPartialWork(error: unknown, work: PartialWork): unknown {
  const failure = failureOf(error);
  if (!failure) return error;
  // The platform runs these again by itself: after the delay, or once the user has connected again.
  const staysWaiting = work.isRepeatable && ['throttled', 'reconnect'].includes(failure.kind);
  return toPlatformError({
    ...failure,
    kind: staysWaiting ? failure.kind : 'refused',
    sentence: `${work.sentence} ${failure.sentence}`,
    remedy: remediesThatApply.includes(failure.code) ? failure.remedy : undefined,
    retryAdvice: (staysWaiting && failure.retryAdvice) || work.retryAdvice,
  });
}

/**
 * The error of a message to a contact that was created for it. A repeated run finds the contact, so only a message that
 * may have been sent keeps its advice, and stays halted if it is: the platform must not run it again by itself.
 */
export function afterCreation(error: unknown, id: string): unknown {
  const failure = failureOf(error);
  const mayBeSent = failure?.isUnclear || failure?.code === 'repeated';
  const told = afterPartialWork(error, {
    sentence: `The contact was created with the ID "${id}", but its message may not have been sent.`,
    retryAdvice: (mayBeSent && failure.retryAdvice) || foundAgainAdvice,
    isRepeatable: false,
  });
  const partial = failureOf(told);
  return partial && mayBeSent && failure.kind === 'halted' ? halted(partial) : told;
}

/** The error for work that would run into Zapier's limit of 30 seconds, which ends a run without a sentence. */
export function tooSlow(seconds: number): Error {
  return toPlatformError({
    kind: 'refused',
    code: 'too_slow',
    sentence: `This took more than ${seconds} seconds, so there was no time left for the rest.`,
    retryAdvice: 'Trying again is safe.',
  });
}
