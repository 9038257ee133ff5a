import { it } from '@jest/globals';
import fc from 'fast-check';
import type { ChannelOptions } from '../../support/channel-model.ts';
import {
  anything,
  create,
  createFew,
  createMany,
  damaged,
  hidden,
  holds,
  leave,
  old,
  resort,
  type Shape,
  touch,
} from './histories.ts';

// New kinds of events, faults or channels are added here. A history that once broke the method goes to broken-methods.test.ts.

const odd = fc.record<Partial<ChannelOptions>>({
  size: fc.constantFrom(1, 3, 5, 7, 10, 25, 50, 100),
  ties: fc.constantFrom('sequence', 'hash'),
  meta: fc.constantFrom('full', 'total', 'none'),
});
const untold = fc.record({ tellsTime: fc.constant(false), localAhead: fc.integer({ min: -30, max: 30 }) });
const slow = fc.record({ latency: fc.constantFrom(0.5, 1, 3) });
const [to60, to120] = [fc.nat(60), fc.nat(120)];

const kinds: Record<string, Shape> = {
  'with late matches of old contacts, edits and another order': {
    events: fc.oneof(create, leave, old, old, touch, resort),
    isPrompt: true,
  },
  // Polls come too soon for the hourly check to help, so only the list's total can reveal late matches.
  'with late matches, found within two more polls,': {
    events: fc.oneof(createMany, hidden, hidden),
    before: to60,
    waits: fc.integer({ min: 30, max: 300 }),
    isPrompt: true,
    patience: 2,
  },
  'with late matches that deletions hide': { isPrompt: true },
  'of up to 500 in another order': { sorts: ['hash', 'touched'], before: to120, steps: 3, isPrompt: true },
  'of more in another order': {
    sorts: ['hash'],
    before: fc.integer({ min: 501, max: 700 }),
    steps: 1,
    runs: 15,
    patience: 10,
  },
  'with a memory half lost, too old or not written': {
    during: anything,
    losses: ['halved', 'stale', 'writes', 'frozen'],
  },
  'with few contacts, and a memory lost or failing': {
    events: fc.oneof(createFew, hidden, touch),
    during: createFew,
    before: fc.nat(100),
    losses: ['lost', 'stale', 'all', 'reads'],
  },
  'in which requests fail': { during: anything, fails: true },
  'in which the list moves while it is read': { during: fc.oneof(anything, resort) },
  'in which contacts only come, or only go, while it is read': {
    events: fc.oneof(create, createMany, leave),
    during: fc.oneof(create, leave),
    sorts: ['newest', 'oldest', 'hash'],
    before: to60,
    isPrompt: true,
  },
  'with ties, other pages, and without meta': { during: anything, options: odd, before: to120 },
  'of a server that does not tell its time, and clocks that differ': {
    events: fc.oneof(create, leave, hidden),
    options: untold,
    before: to120,
    isPrompt: true,
  },
  'of three values': { values: ['TRUE', 'FALSE', 'maybe'], before: to120, isPrompt: true },
  'with outages, in which contacts match late and some are deleted': {
    events: fc.oneof(anything, createMany, hidden),
    waits: fc.integer({ min: 900, max: 60_000 }),
    before: to120,
    patience: 16,
  },
  'of a slow API': { options: slow, before: fc.nat(80), patience: 16 },
  'in which the server’s clock is two days ahead now and then': { hasWrongClock: true },
  'with contacts that cannot be read': { events: fc.oneof(anything, damaged), during: createFew },
  'in which polls overlap': { during: anything, overlaps: true },
};

it.each(Object.entries(kinds))(
  'New Contact loses nothing and fires nothing false in histories %s',
  (_, shape) => holds(shape),
);
