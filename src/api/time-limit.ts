import { tooSlow } from '../failures/partial-work.ts';

/*
 * All limits of time, in seconds. Zapier ends a run after 30 s without a sentence for the user, so every run ends before:
 * the last answer must be complete after 27 s, whatever came before it, and the mark that an unclear end leaves in the
 * cache may then take 1.5 s more.
 */

/** How long an answer may take until it is complete. */
export const answerSeconds = 10;

/** The same for a request that must not be repeated: the only one of its kind in its run, and media take long. */
export const longAnswerSeconds = 25;

/** When the last answer of a run must be complete. */
const lastAnswer = 27;

/** After this, a run begins no further request, which would hardly get its answer. */
const latestStart = 19;

/** After this, Find Contacts reads no further page, and returns what it has. */
export const latestPage = 15;

/** After this, a poll begins no request that takes as long as its slowest one. */
export const pollSeconds = 25;

/** How long the cache may take to read or write a value. */
export const cacheSeconds = 1.5;

/** Starts the clock of a run. Returns a function that tells the seconds since. */
export function startClock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Throws where it is too late in a run for another request. */
export function requireTime(secondsSinceStart: number): void {
  if (secondsSinceStart > latestStart) throw tooSlow(latestStart);
}

/** Whole seconds that a request which begins now has until its answer must be complete. */
export function secondsToAnswer(secondsSinceStart: number, isRepeatable: boolean): number {
  const left = Math.floor(lastAnswer - secondsSinceStart);
  return Math.max(1, Math.min(isRepeatable ? answerSeconds : longAnswerSeconds, left));
}

/** Rejects work of the cache that takes so long that the run might end without a sentence. */
export async function inCacheTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The cache takes too long.')), cacheSeconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
