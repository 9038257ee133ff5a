import { jest } from '@jest/globals';
import { cacheSeconds } from '../../src/api/time-limit.ts';

/** Lets the time that the cache may take be over at once, until the test ends. */
export function endCacheLimits(): void {
  const usual = setTimeout;
  const shortened = (work: () => void, ms?: number) => usual(work, ms === cacheSeconds * 1000 ? 0 : ms);
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(Object(shortened));
}
