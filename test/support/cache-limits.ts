import { jest } from '@jest/globals';
import { cacheSeconds } from '../../src/api/time-limit.ts';

/** Sets the time limit of cache calls to zero until the test ends, so that a test needs no real wait to exceed it. */
export function endCacheLimits(): void {
  const usual = setTimeout;
  const shortened = (work: () => void, ms?: number) => usual(work, ms === cacheSeconds * 1000 ? 0 : ms);
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(Object(shortened));
}
