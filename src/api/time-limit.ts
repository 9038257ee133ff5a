import { tooSlow } from '../failures/partial-work.ts';

/**
 * Seconds of a run after which no further request begins. Zapier ends a run after 30 s without a sentence for the user,
 * and the last request may take 10 s.
 */
const latestStart = 19;

/** Starts the clock of a run. Gives a function that throws once it is too late for another request. */
export function createTimeLimit(): () => void {
  const start = performance.now();
  return () => {
    if (performance.now() - start > latestStart * 1000) {
      throw tooSlow(latestStart);
    }
  };
}
