import { toPlatformError } from '../failures/failure.ts';

/** All in seconds. Zapier ends a run after 30: its last answer ends by 27, and a mark in the cache may take 1.5. */

/** An answer must be complete within this time. */
export const answerSeconds = 10;
/** The answer to a request that must not be repeated has more time: a run makes only one, and media take long. */
export const longAnswerSeconds = 25;
/** The last answer of a run must be complete this long after the start of the run. */
const lastAnswer = 27;
/** After this, a run starts no further request, because the answer would hardly arrive in time. */
const latestStart = 19;
/** After this, Find Contacts reads no further page and returns what it has. */
export const latestPage = 15;
/** A poll starts no request that would end after this if it took as long as the slowest one before. */
export const pollSeconds = 25;
/** The cache must read or write a value within this time. */
export const cacheSeconds = 1.5;

/** Starts the clock of a run. Returns a function that tells the seconds since then. */
export function startClock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Throws if a run has no time left for another request. After 30 seconds, Zapier would end it without an explanation. */
export function requireTime(secondsSinceStart: number): void {
  if (secondsSinceStart <= latestStart) return;
  throw toPlatformError({
    kind: 'refused',
    code: 'too_slow',
    sentence: `This took more than ${latestStart} seconds, so there was no time left for the rest.`,
    retryAdvice: 'Trying again is safe.',
  });
}

/** Returns the whole seconds that a request may take if it starts now. */
export function secondsToAnswer(secondsSinceStart: number, isRepeatable: boolean): number {
  const left = Math.floor(lastAnswer - secondsSinceStart);
  return Math.max(1, Math.min(isRepeatable ? answerSeconds : longAnswerSeconds, left));
}

/** Rejects after `cacheSeconds`, because Zapier could otherwise end the run before it has explained itself. */
export async function inCacheTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The cache takes too long.')), cacheSeconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
