import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod/mini';
import { stateSchema } from '../../../src/new-contact/state.ts';
import type { ChannelOptions } from '../../../tools/simulation/channel.ts';
import { runWithoutCore } from '../../../tools/simulation/without-core.ts';
import type { Driver, Poll } from '../../../tools/simulation/zap.ts';
import { anything, create, createFew, createMany, hidden, old, remove, resort } from './events.ts';
import { histories, play, type Shape } from './histories.ts';

// What every poll of histories that are always the same costs and returns, and what is remembered after the last one. Where a
// change of the trigger alters a line of the snapshot, it alters what users get, what the API is asked for, or what later polls
// know. The other tests say whether that is right; if it is, `npm run jest -- test/src/new-contact -u` accepts the new lines.
// Changes of the histories, their events, the simulation or fast-check alter lines, too.

const long = { events: fc.oneof(createMany, remove, hidden), before: fc.integer({ min: 100, max: 2500 }) };
const odd = fc.record<Partial<ChannelOptions>>({
  size: fc.constantFrom(1, 3, 10, 25),
  ties: fc.constantFrom('sequence', 'hash'),
  meta: fc.constantFrom('full', 'total', 'none'),
  createdAhead: fc.constantFrom(0, 0, 40, 300),
  tellsTime: fc.boolean(),
});
const kinds: Record<string, Shape> = {
  'contacts come and go': { events: fc.oneof(create, remove) },
  'contacts start to match late': {
    events: fc.oneof(createFew, hidden, old),
    waits: fc.constantFrom(300, 4000),
  },
  'the list moves while it is read': { events: anything, during: fc.oneof(create, remove, resort) },
  'long lists get bursts': { ...long, waits: fc.constantFrom(60, 900, 4000) },
  'long lists move while they are read': { ...long, during: fc.oneof(create, remove) },
  'long lists have no order': { ...long, sorts: ['hash', 'touched'], during: fc.oneof(createFew, remove) },
  'memory is lost': { ...long, losses: ['lost', 'halved', 'stale', 'failing', 'unwritten'], steps: 6 },
  'requests fail': { events: anything, faults: ['throttled', 'broken'], before: fc.nat(300) },
  'three values are watched': { events: anything, values: ['TRUE', 'FALSE', 'maybe'], before: fc.nat(900) },
  'pages and clocks are odd': { events: fc.oneof(anything, resort), options: odd, before: fc.nat(400) },
};

/** Requests, returned contacts, and contacts that started the Zap; of a poll that failed, its requests. */
const told = ({ requests, returned, fired, error }: Poll) =>
  error ? `${requests} failed` : [requests, returned.length, fired.length].join('/');

/**
 * Of each list, as `ListState` names them: seen, count, the sweep's edge and sought, the turn's edge, and the characters of its
 * fingerprints. The cache's other key, which holds only when the Zap was switched on, does not fit the schema.
 */
function remembered({ cache }: Driver): string {
  const states = Object.values(cache).flatMap(
    (text) => schema.safeParse(stateSchema, JSON.parse(text)).data ?? [],
  );
  const lists = states.flatMap(({ lists }) => lists);
  return lists
    .map(({ seen, count, sweep, turn, known }) =>
      [seen, count, sweep && `${sweep.edge}-${sweep.sought}`, turn?.edge, known.length].join('/'),
    )
    .join(' ');
}

it.each(Object.entries(kinds))('requests/returned/fired of each poll where %s', async (_, shape) => {
  const lines = [];
  for (const history of fc.sample(histories(shape), { numRuns: 12, seed: 1 })) {
    let writes = 0;
    const { on, zap, driver } = await play(history, (channel) => {
      const driver = runWithoutCore(channel);
      driver.onWrite = () => (writes += 1);
      return driver;
    });
    lines.push(
      `on ${told(on)}, then ${zap.polls.map(told).join(' ')}; ${writes} writes: ${remembered(driver)}`,
    );
  }
  expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
});
