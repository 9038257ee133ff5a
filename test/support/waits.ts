import { jest } from '@jest/globals';

/** Skips the waits of a run for a contact it has created. Returns a list that grows by the seconds of each wait. */
export function skipWaits(): number[] {
  const waits: number[] = [];
  const { setTimeout: usual } = globalThis;
  const skipping = (act: () => void, ms = 0) => {
    const isWait = ms === 1000 || ms === 3000;
    if (isWait) waits.push(ms / 1000);
    return usual(act, isWait ? 0 : ms);
  };
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(Object.assign(skipping, usual));
  return waits;
}
