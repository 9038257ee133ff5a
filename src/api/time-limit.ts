import { tooSlow } from '../failures/partial-work.ts';

/**
 * Seconds of a run after which no further request begins. Zapier ends a run after 30 s without a sentence for the user,
 * and the last request may take 10 s.
 */
const latestStart = 19;

/** Starts the clock of a run. Gives a function that tells the seconds since. */
export function startClock(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Throws where it is too late in a run for another request. */
export function requireTime(secondsSinceStart: number): void {
  if (secondsSinceStart > latestStart) {
    throw tooSlow(latestStart);
  }
}
