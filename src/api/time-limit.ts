import { tooSlow } from '../failures/partial-work.ts';

/** All in seconds. Zapier kills a run after 30: its last answer ends by 27, and a mark in the cache may take 1.5. */

/** For one answer to be complete. */
export const answerSeconds = 10;
/** For a request that must not be repeated: a run makes only one of them, and media take long. */
export const longAnswerSeconds = 25;
/** For the last answer of a run. */
const lastAnswer = 27;
/** After this, a run starts no further request, because the answer would hardly arrive in time. */
const latestStart = 19;
/** After this, Find Contacts reads no further page and returns what it has. */
export const latestPage = 15;
/** After this, a poll starts no request that could take as long as its slowest one. */
export const pollSeconds = 25;
/** For the cache to read or write a value. */
export const cacheSeconds = 1.5;

/** Starts the clock of a run. Returns a function that tells the seconds since then. */
export function startClock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Throws if a run has no time left for another request. */
export function requireTime(secondsSinceStart: number): void {
  if (secondsSinceStart > latestStart) throw tooSlow(latestStart);
}

/** Returns the whole seconds that a request may take if it starts now. */
export function secondsToAnswer(secondsSinceStart: number, isRepeatable: boolean): number {
  const left = Math.floor(lastAnswer - secondsSinceStart);
  return Math.max(1, Math.min(isRepeatable ? answerSeconds : longAnswerSeconds, left));
}

/** Rejects if the cache takes so long that the run could end without a sentence. */
export async function inCacheTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The cache takes too long.')), cacheSeconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
