import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Channel, type ChannelOptions, type Sort } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import {
  anything,
  begin,
  create,
  createFew,
  createMany,
  damaged,
  failures,
  type History,
  happen,
  hidden,
  histories,
  holds,
  nothingLate,
  nothingLost,
  old,
  remove,
  resort,
  type Shape,
  touch,
} from './histories.ts';

// New kinds of events, faults or channels are added here. A history that once broke the method goes to broken-methods.test.ts.

const start = useCore();

const restless = { events: anything, during: anything };
const short = fc.integer({ min: 30, max: 300 });
const long = fc.integer({ min: 900, max: 60_000 });
const odd = fc.record<Partial<ChannelOptions>>({
  size: fc.constantFrom(1, 3, 5, 7, 10, 25, 50, 100),
  ties: fc.constantFrom('sequence', 'hash'),
  meta: fc.constantFrom('full', 'total', 'none'),
});
const untold = fc.record({ tellsTime: fc.constant(false), localAhead: fc.integer({ min: -30, max: 30 }) });
const slow = fc.record({ latency: fc.constantFrom(0.5, 1, 3) });
const others = fc.oneof(create, remove, old, old, touch, resort);
const bursts = fc.oneof(create, createMany, remove);
const outages = fc.oneof(anything, createMany, hidden);
const few = fc.oneof(createFew, hidden, touch);
const [to60, to120] = [fc.nat(60), fc.nat(120)];
const over500 = fc.integer({ min: 501, max: 700 });
const unsorted: Shape['sorts'] = ['hash', 'touched'];
const every: Shape['sorts'] = ['newest', 'oldest', 'hash'];
const faults: Shape['faults'] = ['throttled', 'broken', 'garbage', 'refused'];

/** If `isPrompt` is true, each contact must fire in the first undisturbed poll that can see it. */
const kinds: Record<string, Shape & { isPrompt?: boolean; runs?: number; patience?: number }> = {
  'with late matches of old contacts, edits and another order': { events: others, isPrompt: true },
  // Polls come so soon that the hourly check cannot help: only the total shows late matches.
  'with late matches, found within two more polls,': {
    ...{ events: fc.oneof(createMany, hidden, hidden), before: to60, waits: short },
    ...{ isPrompt: true, patience: 2 },
  },
  'with late matches that deletions hide': { events: anything, isPrompt: true },
  'of up to 500 in another order': {
    events: anything,
    sorts: unsorted,
    before: to120,
    steps: 3,
    isPrompt: true,
  },
  'of more in another order': {
    events: anything,
    sorts: ['hash'],
    before: over500,
    steps: 1,
    runs: 15,
    patience: 10,
  },
  'with a memory half lost, or a poll too old': { ...restless, losses: ['halved', 'stale'] },
  'with a memory that is not written': { ...restless, losses: ['writes', 'frozen'] },
  'with few contacts, and a memory lost or failing': {
    ...{ events: few, during: createFew, before: fc.nat(100) },
    losses: ['lost', 'stale', 'all', 'reads'],
  },
  'in which the list moves while it is read': { ...restless, during: fc.oneof(anything, resort) },
  'in which contacts only come, or only go, while it is read': {
    ...{ events: bursts, during: fc.oneof(create, remove), sorts: every, before: to60, isPrompt: true },
  },
  'with ties, other pages, and without meta': { ...restless, options: odd, before: to120 },
  'of a server that does not tell its time, and clocks that differ': {
    ...{ events: fc.oneof(create, remove, hidden), options: untold, before: to120, isPrompt: true },
  },
  'of three values': { events: anything, values: ['TRUE', 'FALSE', 'maybe'], before: to120, isPrompt: true },
  'with outages, in which contacts match late and some are deleted': {
    ...{ events: outages, waits: long, before: to120, patience: 16 },
  },
  'of a slow API': { events: anything, options: slow, before: fc.nat(80), patience: 16 },
  'in which the server’s clock is two days ahead now and then': { events: anything, hasWrongClock: true },
  'with contacts that cannot be read': { events: fc.oneof(anything, damaged), during: createFew },
  'in which polls overlap': { ...restless, overlaps: true },
};

it.each(Object.entries(kinds))(
  'New Contact loses nothing and fires nothing false in histories %s',
  (_, kind) => {
    const { isPrompt, runs = 60, patience, ...shape } = kind;
    return holds(withoutCore, runs, shape, isPrompt ? nothingLate : nothingLost, patience);
  },
);

it('New Contact loses nothing through the platform’s core, and says why a request failed', async () => {
  await holds(start, 30, { events: fc.oneof(create, remove) }, nothingLate);
  await holds(start, 20, { ...restless, faults }, (played) => {
    for (const { message } of failures(played)) expect(message).toMatch(/app\.bony\.chat|Not now|channel/i);
    nothingLost(played);
  });
});

/** Expects that a burst fires from its oldest contact on, and that each poll returns what 50 requests can read. */
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
  // The newest page is left out, because every poll reads it before the rest of the burst.
  const newest = new Set(ids.slice(-10));
  const others = ids.filter((id) => !newest.has(id));
  let covered = 0;
  while (zap.missing.length > 0) {
    const done = zap.fired.size;
    const { fired, requests } = await zap.poll();
    const ofOthers = fired.filter((id) => !newest.has(id));
    expect(ofOthers.toSorted()).toEqual(others.slice(covered, covered + ofOthers.length).toSorted());
    covered += ofOthers.length;
    expect(requests).toBeLessThanOrEqual(50);
    // Some requests find the beginning of the burst. Each of the others reads ten contacts.
    expect(fired.length).toBeGreaterThanOrEqual(Math.min(burst - done, 400));
  }
  expect(zap.fired.size).toBe(burst);
}

it('New Contact covers a burst from its oldest end, with all that 50 requests bring', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('newest', 'oldest'),
      fc.nat(400),
      fc.integer({ min: 101, max: 1000 }),
      coversBurst,
    ),
    { numRuns: 10 },
  ));

it.each(['newest', 'oldest'] as const)('New Contact covers a burst of 5,000, %s first', (sort) =>
  coversBurst(sort, 300, 5000),
);

/** Polls the Zaps that are already switched on, either all at once or three seconds apart. */
async function pollAll(channel: Channel, zaps: Zap[], isAtOnce: boolean): Promise<void> {
  const on = zaps.filter(({ since }) => since < channel.now);
  if (isAtOnce) await Promise.all(on.map((zap) => zap.poll()));
  else
    for (const zap of on) {
      await zap.poll();
      channel.now += 3;
    }
}

/** Plays a history with two Zaps. A is polled from the start, and B is switched on in step `joins`. */
async function playBoth(history: History, joins: number, isAtOnce: boolean, ids: (string | null)[]) {
  const [first = null, second = null] = ids;
  const { channel, zap: a, driver } = await begin(history, first === null ? withoutCore : start, first);
  const b = new Zap(channel, driver, { values: history.values, id: second });
  for (const [index, { events, wait }] of history.steps.entries()) {
    for (const event of events) happen(channel, event, history.values, a.since);
    channel.now += Math.min(wait, 900);
    if (index === joins) await b.switchOn();
    await pollAll(channel, [b, a], isAtOnce);
  }
  for (let quiet = 0; quiet < 5; quiet += 1) {
    channel.now += 900;
    await pollAll(channel, [a, b], isAtOnce);
  }
  return [a, b];
}

it.each([
  ['do not disturb each other if the platform names them', ['1', '2'], anything, nothingLost],
  [
    'fire nothing false if it does not',
    [null, null],
    fc.oneof(createFew, createFew, hidden, old, remove, touch),
    () => undefined,
  ],
] as const)('Two Zaps on one connection and field, whose polls may overlap, %s', (_, ids, events, check) =>
  fc.assert(
    fc.asyncProperty(
      histories({ events, before: fc.nat(60) }),
      fc.nat(3),
      fc.boolean(),
      async (history, joins, isAtOnce) => {
        for (const zap of await playBoth(history, joins, isAtOnce, [...ids])) {
          expect(zap.falselyFired).toEqual([]);
          check({ zap });
        }
      },
    ),
    { numRuns: 20 },
  ),
);
