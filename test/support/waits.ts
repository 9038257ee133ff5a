import { jest } from '@jest/globals';

/** Skips waits of these lengths in seconds until the test ends. Returns a list that grows by the seconds of each wait. */
export function skipWaits(...lengths: number[]): number[] {
  const waits: number[] = [];
  const { setTimeout: usual } = globalThis;
  const skipping = (act: () => void, ms = 0) => {
    if (!lengths.includes(ms / 1000)) return usual(act, ms);
    waits.push(ms / 1000);
    return usual(act, 0);
  };
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(Object.assign(skipping, usual));
  return waits;
}
