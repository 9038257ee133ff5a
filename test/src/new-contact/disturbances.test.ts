import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Channel, type ChannelOptions } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import {
  anything,
  create,
  createFew,
  createMany,
  happen,
  hidden,
  old,
  remove,
  resort,
  touch,
} from './events.ts';
import { begin, type History, histories, type Loss } from './histories.ts';
import { failures, holds, nothingLost } from './holds.ts';

const start = useCore();

const restless = { events: anything, during: anything };

describe('New Contact, disturbed', () => {
  it('6. loses nothing when its memory is partly gone, or as it was a poll ago', () =>
    holds(withoutCore, 120, { events: anything, during: anything, losses: ['halved', 'stale'] }, ({ zap }) =>
      expect(zap.missing).toEqual([]),
    ));

  it('6. loses none of the newest 240 contacts of a day when its memory is gone, or fails', () =>
    holds(
      withoutCore,
      120,
      {
        events: fc.oneof(createFew, hidden, touch),
        during: createFew,
        losses: ['lost', 'stale', 'failing'] satisfies Loss[],
        before: fc.nat(100),
      },
      ({ zap }) => expect(zap.missing).toEqual([]),
    ));

  it('6. loses nothing and fires nothing false when it is not written, poll after poll', () =>
    holds(withoutCore, 120, { ...restless, losses: ['unwritten'] }, ({ zap }) =>
      expect(zap.missing).toEqual([]),
    ));

  it('7. loses nothing when the list moves while it is read', () =>
    holds(withoutCore, 120, { ...restless, during: fc.oneof(anything, resort) }, ({ zap }) =>
      expect(zap.missing).toEqual([]),
    ));

  it('7. and finds everything in the same poll where the total shows the movement', () =>
    holds(
      withoutCore,
      120,
      {
        events: fc.oneof(create, createMany, remove),
        during: fc.oneof(create, remove),
        sorts: ['newest', 'oldest', 'hash'],
        before: fc.nat(60),
      },
      nothingLost,
    ));

  it('8. reports a failed request in a sentence, and loses nothing', () =>
    holds(start, 30, { ...restless, faults: ['throttled', 'broken', 'garbage', 'refused'] }, (played) => {
      for (const { message } of failures(played)) expect(message).toMatch(/app\.bony\.chat|Not now|channel/i);
      expect(played.zap.missing).toEqual([]);
    }));

  const odd = fc.record<Partial<ChannelOptions>>({
    size: fc.constantFrom(1, 3, 5, 7, 10, 25, 50, 100),
    ties: fc.constantFrom('sequence', 'hash'),
    meta: fc.constantFrom('full', 'total', 'none'),
    stamp: fc.constantFrom('number', 'numeric', 'iso'),
    numericIds: fc.boolean(),
  });

  it('9. takes ties, other page sizes and stamps, numbers as IDs, and answers without meta', () =>
    holds(withoutCore, 120, { ...restless, options: odd, before: fc.nat(120) }, ({ zap }) =>
      expect(zap.missing).toEqual([]),
    ));

  it('9. takes a server that does not tell its time, and clocks that differ', () =>
    holds(
      withoutCore,
      120,
      {
        events: fc.oneof(create, remove, hidden),
        options: fc.record({ tellsTime: fc.constant(false), localAhead: fc.integer({ min: -30, max: 30 }) }),
        before: fc.nat(120),
      },
      nothingLost,
    ));

  it('10. watches several values together', () =>
    holds(
      withoutCore,
      120,
      { events: anything, values: ['TRUE', 'FALSE', 'maybe'], before: fc.nat(120) },
      nothingLost,
    ));
});

/** Polls those Zaps that are switched on, seconds apart. */
async function pollAll(channel: Channel, zaps: Zap[]): Promise<void> {
  for (const zap of zaps) {
    if (zap.since < channel.now) await zap.poll();
    channel.now += 3;
  }
}

describe('Two Zaps on one connection and field', () => {
  /** Zap A is polled from the start, and B from its `joins`-th step on, in either order. */
  async function playBoth(
    history: History,
    joins: number,
    isBFirst: boolean,
    ids: [string | null, string | null],
  ) {
    const { channel, zap: a, driver } = await begin(history, ids[0] === null ? withoutCore : start, ids[0]);
    const b = new Zap(channel, driver, { values: history.values, id: ids[1] });
    const zaps = isBFirst ? [b, a] : [a, b];
    for (const [index, { events, wait }] of history.steps.entries()) {
      for (const event of events) happen(channel, event, history.values, a.since);
      channel.now += Math.min(wait, 900);
      if (index === joins) await b.switchOn();
      await pollAll(channel, zaps);
    }
    for (let quiet = 0; quiet < 5; quiet += 1) {
      channel.now += 900;
      await pollAll(channel, zaps);
    }
    return zaps;
  }

  const both = (ids: [string | null, string | null], events: typeof anything, check: (zap: Zap) => void) =>
    fc.assert(
      fc.asyncProperty(
        histories({ events, before: fc.nat(60) }),
        fc.nat(3),
        fc.boolean(),
        async (...chosen) => {
          for (const zap of await playBoth(...chosen, ids)) {
            expect(zap.falselyFired).toEqual([]);
            check(zap);
          }
        },
      ),
      { numRuns: 20 },
    );

  it('11. do not disturb each other where the platform names them', () =>
    both(['1', '2'], anything, ({ missing }) => expect(missing).toEqual([])));

  it('11. fire nothing false where it does not', () =>
    both([null, null], fc.oneof(createFew, createFew, hidden, old, remove, touch), () => undefined));
});

describe('A tie', () => {
  it('9. of a thousand contacts in one second fires whole, before and after others', async () => {
    const channel = new Channel({ ties: 'hash' });
    const zap = new Zap(channel, withoutCore(channel));
    channel.fill(['TRUE'], 95, 30);
    await zap.switchOn();
    for (let index = 0; index < 1000; index += 1) channel.create(['TRUE']);
    for (let polls = 0; polls < 4; polls += 1) {
      channel.now += 60;
      channel.create(['TRUE']);
      await zap.poll();
    }
    expect(zap.missing).toEqual([]);
  });
});
