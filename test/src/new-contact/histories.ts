import { expect } from '@jest/globals';
import fc from 'fast-check';
import {
  type Answer,
  Channel,
  type ChannelOptions,
  type Person,
  type Sort,
  usual,
} from '../../support/channel-model.ts';
import { type CacheFault, type Driver, withoutCore, Zap } from '../../support/zap-model.ts';
import { throttled } from './setup.ts';

// Random histories: contacts come, change and go, requests fail, and memory is lost. `holds` plays and checks them.

/** A hidden contact has no watched value, or lost it. An old one was created before the Zap was switched on. */
type Kind =
  | 'create'
  | 'createHidden'
  | 'createDamaged'
  | 'matchHidden'
  | 'matchOld'
  | 'leave'
  | 'touch'
  | 'resort';

/** Something that happens `count` times within `over` seconds. `pick` chooses a contact: 0 is the oldest, 1 the newest. */
export interface Event {
  kind: Kind;
  count: number;
  over: number;
  pick: number;
}

const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: 4, max: 15 }) },
  { weight: 1, arbitrary: fc.integer({ min: 16, max: 80 }) },
);
const few = fc.integer({ min: 1, max: 3 });
const event = (kind: Kind, count = few, over: fc.Arbitrary<number> = fc.constant(0)): fc.Arbitrary<Event> =>
  fc.record({
    kind: fc.constant(kind),
    count,
    over,
    pick: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.95, max: 1, noNaN: true })),
  });

export const create = event('create', number, fc.constantFrom(0, 1, 20, 300));
/** Small bursts, which stay among the newest 300 contacts, and bursts that take several pages. */
export const createFew = create.map((one) => ({ ...one, count: Math.min(one.count, 12) }));
export const createMany = create.map((one) => ({ ...one, count: one.count + 20 }));
export const hidden = fc.oneof(event('createHidden'), event('matchHidden'));
export const old = event('matchOld');
export const damaged = event('createDamaged');
export const leave = event('leave', number);
export const touch = event('touch', fc.constant(1));
export const resort = event('resort', fc.constant(1));
export const anything = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 3, arbitrary: hidden },
  { weight: 1, arbitrary: old },
  { weight: 2, arbitrary: leave },
  { weight: 1, arbitrary: touch },
);

const isMatching = ({ values }: Person) => values.size > 0;

function once(channel: Channel, { kind, pick }: Event, values: string[], since: number): unknown {
  const { people } = channel;
  const value = values[people.length % values.length] ?? '';
  const start = Math.min(Math.floor(pick * people.length), people.length - 1);
  const picked = [...people.slice(start + 1), ...people.slice(0, start + 1)].findLast(isMatching);
  const show = (fits: (person: Person) => boolean) => {
    const person = people.findLast((one) => !isMatching(one) && fits(one));
    if (person) channel.match(Object.assign(person, { tardy: true }), value);
  };
  const acts: Record<Kind, () => unknown> = {
    // Every fifth contact has all values, so that it is on every list.
    create: () => channel.create(people.length % 5 === 0 ? values : [value]),
    createHidden: () => Object.assign(channel.create([]), { tardy: true }),
    // A page is an error if none of its contacts can be read, so a readable one is created too.
    createDamaged: () => {
      channel.create([value]).isDamaged = true;
      channel.create([value]);
    },
    matchHidden: () => show(({ born }) => born >= since),
    matchOld: () => show(({ born }) => born < since),
    leave: () => picked && channel.change(picked),
    touch: () => picked && channel.touch(picked),
    resort: () => channel.resort(pick < 0.5 ? 'newest' : 'oldest'),
  };
  return acts[kind]();
}

/** Lets an event happen, within `longest` seconds at most. */
function happen(channel: Channel, one: Event, values: string[], since: number, longest = 300): void {
  for (let index = 0; index < one.count; index += 1) {
    channel.now += Math.min(one.over, longest) / one.count;
    once(channel, one, values, since);
  }
}

const faults = [
  throttled,
  { status: 502, body: '<html>Bad Gateway</html>' },
  { status: 200, body: '{"data": [{"id"' },
  { status: 403, body: '{"status":"error","message":"Not now","data":[]}' },
];

/** A fault of `z.cache`: all keys or all but the start time are lost, the data is one poll old, or the cache fails. */
type Loss = 'lost' | 'halved' | 'stale' | CacheFault;

/** An event just before one of a poll's requests. The first request is 1. */
interface Disturbance {
  request: number;
  event: Event;
}

/** One step of a history: events, a pause, and a poll with events and a fault during its requests. */
interface Step {
  wait: number;
  events: Event[];
  during: Disturbance[];
  fault: { request: number; answer: Omit<Answer, 'date'> | undefined };
  loss: Loss | undefined;
  /** Seconds by which the server's clock is ahead in this poll. */
  dateAhead: number;
  /** True if the platform runs two polls at the same time. */
  isDoubled: boolean;
}

interface History {
  options: ChannelOptions;
  /** Contacts created before the Zap, the days they are spread over, and the number of further ones without a value. */
  before: number;
  days: number;
  hiddenBefore: number;
  /** Events during the poll that switches the Zap on. */
  during: Disturbance[];
  steps: Step[];
}

/** The settings of one kind of history. Each has a default. */
export interface Shape {
  sorts?: Sort[];
  values?: string[];
  events?: fc.Arbitrary<Event>;
  during?: fc.Arbitrary<Event>;
  losses?: Loss[];
  before?: fc.Arbitrary<number>;
  options?: fc.Arbitrary<Partial<ChannelOptions>>;
  steps?: number;
  /** Seconds between polls. */
  waits?: fc.Arbitrary<number>;
  /** True if requests sometimes fail, the server's clock is sometimes wrong, or two polls sometimes run at once. */
  fails?: boolean;
  hasWrongClock?: boolean;
  overlaps?: boolean;
  /** True if no poll may fail, and each contact must fire in the first undisturbed poll that can see it. */
  isPrompt?: boolean;
  runs?: number;
  /** The number of polls, one every quarter of an hour, in which all contacts that are missing at the end must fire. */
  patience?: number;
}

const sizes = fc.oneof(
  { weight: 12, arbitrary: fc.nat(40) },
  { weight: 3, arbitrary: fc.integer({ min: 41, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 121, max: 700 }) },
);

const sometimes = <T>(choices: T[]) =>
  choices.length > 0
    ? fc.option(fc.constantFrom(...choices), { nil: undefined, freq: 2 })
    : fc.constant(undefined);

function histories(shape: Shape, values: string[]): fc.Arbitrary<History> {
  const { losses = [], sorts = ['newest', 'oldest'], steps = 4 } = shape;
  const disturbances = (one: fc.Arbitrary<Event> | undefined, first: number): fc.Arbitrary<Disturbance[]> =>
    one
      ? fc.array(fc.record({ request: fc.integer({ min: first, max: 8 }), event: one }), { maxLength: 3 })
      : fc.constant([]);
  // Contacts on a list when it is first read are old, so events begin later. They only add or only remove, so the total changes.
  const atFirst = [createFew, leave].map((one) => disturbances(shape.during && one, values.length + 1));
  const step: fc.Arbitrary<Step> = fc.record({
    wait: shape.waits ?? fc.oneof(fc.integer({ min: 30, max: 900 }), fc.integer({ min: 900, max: 5000 })),
    events: fc.array(shape.events ?? anything, { maxLength: 3 }),
    during: disturbances(shape.during, 1),
    fault: fc.record({
      request: fc.integer({ min: 1, max: 4 }),
      answer: sometimes(shape.fails ? faults : []),
    }),
    loss: sometimes(losses),
    dateAhead: fc.constantFrom(0, 0, shape.hasWrongClock ? 172_800 : 0),
    isDoubled: shape.overlaps ? fc.boolean() : fc.constant(false),
  });
  return fc.record({
    options: fc
      .record({ sort: fc.constantFrom(...sorts), options: shape.options ?? fc.constant({}) })
      .map(({ sort, options }) => ({ ...usual, sort, ...options })),
    before: shape.before ?? sizes,
    days: fc.constantFrom(0.01, 1, 30, 300),
    hiddenBefore: fc.nat(4),
    during: fc.oneof(...atFirst),
    steps: fc.array(step, { minLength: 1, maxLength: steps }),
  });
}

function lose(driver: Driver, loss: Loss, older: Driver['cache']): void {
  const isKept = loss !== 'lost' && loss !== 'stale';
  driver.forget((key) => !isKept || (loss === 'halved' && !key.endsWith(':since')));
  if (loss === 'stale') Object.assign(driver.cache, older);
  driver.fail(loss === 'halved' || !isKept ? 'nothing' : loss);
}

/** True if no event happens, or all events are of one kind: creations and deletions together can leave the total unchanged. */
const movesOneWay = (during: Disturbance[]): boolean =>
  ['create', 'leave'].some((kind) => during.every(({ event }) => event.kind === kind));

/** Plays a history. Then polls every quarter of an hour until nothing is missing, at most `patience` times. */
async function play(history: History, values: string[], patience: number) {
  const { options, before, days, hiddenBefore, during, steps } = history;
  const channel = new Channel({ ...options });
  const driver = withoutCore(channel);
  channel.fill(values, before, days);
  for (let index = 0; index < hiddenBefore; index += 1) channel.create([], 10 ** index * 7).tardy = true;
  const zap = new Zap(channel, driver, { values });
  const arm = (disturbances: Disturbance[], since: number, fault?: Step['fault']) => {
    const first = channel.requests;
    channel.beforeAnswer = (request) => {
      for (const { request: when, event: one } of disturbances) {
        if (request - first === when) happen(channel, one, values, since, 1);
      }
      return fault && request - first === fault.request ? fault.answer : undefined;
    };
  };
  arm(during, channel.now);
  const on = await zap.switchOn();
  const overdue: Person[] = [];
  let older = { ...driver.cache };
  for (const step of steps) {
    for (const one of step.events) happen(channel, one, values, zap.since);
    channel.now += step.wait;
    const snapshot = { ...driver.cache };
    lose(driver, step.loss ?? 'nothing', older);
    older = snapshot;
    arm(step.during, zap.since, step.fault);
    channel.options.dateAhead = step.dateAhead;
    const heard = (zap.polls.at(-1) ?? on).ended;
    const waiting = zap.missing.filter(({ tardy, born }) => !tardy && born > heard);
    const [poll] = await Promise.all([zap.poll(), step.isDoubled && zap.poll()]);
    const isCalm = movesOneWay(step.during) && !step.fault.answer && !step.loss;
    if (isCalm && poll.requests < 45 && poll.ended - poll.began < 20)
      overdue.push(...waiting.filter((person) => isMatching(person) && !zap.fired.has(person.id)));
    channel.options.dateAhead = 0;
    driver.fail('nothing');
  }
  channel.beforeAnswer = () => undefined;
  for (let quiet = 0; quiet < patience && zap.missing.length > 0; quiet += 1) {
    channel.now += 900;
    await zap.poll();
  }
  // After an hour, the hourly check reads the last day again. No contact may fire without a reason then either.
  channel.now += 3700;
  await zap.poll();
  return { zap, overdue, polls: [on, ...zap.polls] };
}

/** How many histories of each kind to play instead of the usual number: `HISTORIES=1000 npm run jest -- test/src/new-contact/random`. */
const manyRuns = Number(process.env.HISTORIES ?? 0);

/**
 * Plays random histories and checks that no contact is lost or fires without a reason, and no limit is exceeded, whatever happens.
 * A failure prints a seed and a path. If fc.assert gets both, it plays that history again.
 */
export function holds(shape: Shape): Promise<void> {
  const { values = ['TRUE'], runs = 60, patience = 8, overlaps, isPrompt } = shape;
  const property = fc.asyncProperty(histories(shape, values), async (history) => {
    const { zap, overdue, polls } = await play(history, values, patience);
    expect(zap.falselyFired).toEqual([]);
    expect(zap.missing).toEqual([]);
    // If two polls run at once, the model counts the requests of both in each.
    const times = overlaps ? 2 : 1;
    for (const { requests, began, ended } of polls) {
      expect(requests).toBeLessThanOrEqual(50 * times);
      expect(ended - began).toBeLessThan(times * (25 + 2 * history.options.latency));
    }
    if (isPrompt)
      expect({ overdue, errors: polls.flatMap(({ error }) => error ?? []) }).toEqual({
        overdue: [],
        errors: [],
      });
  });
  return fc.assert(property, { numRuns: manyRuns || runs });
}
