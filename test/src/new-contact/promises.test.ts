import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Channel, type Sort } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import { anything, create, createMany, hidden, old, remove, resort, touch } from './events.ts';
import { holds, nothingLost } from './holds.ts';

// Random histories of a channel, of the platform and of its memory, polled by the real trigger: some through the
// platform's core, most without it, which is faster.

const start = useCore();

describe('New Contact', () => {
  it('1. loses nothing', () => holds(start, 40, { events: fc.oneof(create, remove) }, nothingLost));

  it('2. fires nothing false: after deletions, edits, late matches of old contacts, or in another order', () =>
    holds(withoutCore, 150, { events: fc.oneof(create, remove, old, old, touch, resort) }, nothingLost));

  it('3. finds a contact that starts to match later within a few polls', () =>
    // So soon that the hourly re-reading does not help.
    holds(
      withoutCore,
      150,
      {
        events: fc.oneof(createMany, hidden, hidden),
        waits: fc.integer({ min: 30, max: 300 }),
        before: fc.nat(60),
      },
      nothingLost,
      2,
    ));

  it('3. and within two hours where deletions hide it', () =>
    holds(withoutCore, 150, { events: anything }, nothingLost, 8));

  /** A burst between two polls fires in its own order, and as much of it at once as 50 requests bring. */
  async function coversBurst(sort: Sort, before: number, burst: number) {
    const channel = new Channel({ sort });
    const zap = new Zap(channel, withoutCore(channel));
    channel.fill(['TRUE'], before, 300);
    await zap.switchOn();
    await zap.poll();
    const ids = Array.from({ length: burst }, () => {
      channel.now += 0.1;
      return channel.create(['TRUE']).id;
    });
    let covered = 0;
    while (zap.missing.length > 0) {
      const done = zap.fired.size;
      const { fired, requests } = await zap.poll();
      // All but the page with the newest ones, which is read in every poll.
      const newest = new Set(ids.slice(-10));
      const others = fired.filter((id) => !newest.has(id));
      const left = ids.filter((id) => !newest.has(id));
      expect(others.toSorted()).toEqual(left.slice(covered, covered + others.length).toSorted());
      covered += others.length;
      expect(requests).toBeLessThanOrEqual(50);
      // Some requests find where the burst begins; the others bring ten contacts each.
      expect(fired.length).toBeGreaterThanOrEqual(Math.min(burst - done, 400));
    }
    expect(zap.fired.size).toBe(burst);
  }

  it('4. covers a burst from its oldest end, with all that 50 requests bring', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Sort>('newest', 'oldest'),
        fc.nat(400),
        fc.integer({ min: 101, max: 1000 }),
        coversBurst,
      ),
      { numRuns: 10 },
    ));

  it.each(['newest', 'oldest'] as const)('4. covers 5,000 contacts, %s first', (sort) =>
    coversBurst(sort, 300, 5000),
  );

  it('5. reads a list of up to 500 contacts exactly that is sorted by something else', () =>
    holds(
      withoutCore,
      120,
      { events: anything, sorts: ['hash', 'touched'], before: fc.nat(120), steps: 3 },
      nothingLost,
    ));

  it('5. and a larger one in turns', () =>
    holds(
      withoutCore,
      30,
      { events: anything, sorts: ['hash'], before: fc.integer({ min: 501, max: 700 }), steps: 1 },
      ({ zap }) => expect(zap.missing).toEqual([]),
      10,
    ));
});
