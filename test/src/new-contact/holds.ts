import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Start } from '../../support/zap-model.ts';
import { histories, type Played, play, type Shape } from './histories.ts';

/**
 * Plays random histories of a kind. Whatever happens, nothing false fires and no limit is passed.
 * A failure prints its seed and path, with which fc.assert plays it again.
 */
export function holds(
  start: Start,
  numRuns: number,
  shape: Shape,
  check: (played: Played) => void,
  patience?: number,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(histories(shape), async (history) => {
      const played = await play(history, start, patience);
      expect(played.zap.falselyFired).toEqual([]);
      for (const poll of [played.on, ...played.zap.polls]) {
        expect(poll.requests).toBeLessThanOrEqual(50);
        expect(poll.ended - poll.began).toBeLessThan(25 + 2 * history.options.latency);
      }
      expect(Object.values(played.driver.cache).join('').length).toBeLessThanOrEqual(16_000);
      check(played);
    }),
    { numRuns },
  );
}

/** What polls failed with. */
export const failures = ({ on, zap }: Played): Error[] =>
  [on, ...zap.polls].flatMap(({ error }) => error ?? []);

/** Every contact since the Zap was switched on has fired; those that a calm poll could see, in that poll. */
export function nothingLost(played: Played): void {
  expect(failures(played)).toEqual([]);
  expect(played.overdue).toEqual([]);
  expect(played.zap.missing).toEqual([]);
}
