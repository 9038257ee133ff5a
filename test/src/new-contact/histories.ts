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
import { type CacheFault, type Driver, type Poll, type Start, Zap } from '../../support/zap-model.ts';

// Random histories: contacts come, change and go, requests fail, and memory is lost. `holds` plays and checks them.

/** Something that happens to the channel. `pick` is a position in the list of all contacts, from 0 (first) to 1 (last). */
export type Event =
  | { kind: 'create'; count: number; over: number }
  | { kind: 'createHidden' | 'createDamaged' | 'matchHidden' | 'matchOld'; count: number }
  | { kind: 'remove' | 'unmatch'; count: number; pick: number }
  | { kind: 'touch'; pick: number }
  | { kind: 'resort'; to: Sort };

const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: 4, max: 15 }) },
  { weight: 1, arbitrary: fc.integer({ min: 16, max: 80 }) },
);
const few = fc.integer({ min: 1, max: 3 });
const pick = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0.95, max: 1, noNaN: true }),
);
const event = <K extends Event['kind'], T>(kind: K, rest: { [key in keyof T]: fc.Arbitrary<T[key]> }) =>
  fc.record(rest).map((chosen) => ({ kind, ...chosen }));

/** Random events. A hidden contact has no watched value yet. An old one was created before the Zap was switched on. */
export const create = event('create', { count: number, over: fc.constantFrom(0, 1, 20, 300) });
/** Small bursts, which stay among the newest 300 contacts, and bursts that take several pages. */
export const createFew = create.map((one) => ({ ...one, count: Math.min(one.count, 12) }));
export const createMany = create.map((one) => ({ ...one, count: one.count + 20 }));
export const hidden = fc.oneof(event('createHidden', { count: few }), event('matchHidden', { count: few }));
export const old = event('matchOld', { count: few });
export const damaged = event('createDamaged', { count: few });
export const remove = fc.oneof(
  event('remove', { count: number, pick }),
  event('unmatch', { count: few, pick }),
);
export const touch = event('touch', { pick });
export const resort = event('resort', { to: fc.constantFrom<Sort>('newest', 'oldest') });
export const anything = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 3, arbitrary: hidden },
  { weight: 1, arbitrary: old },
  { weight: 2, arbitrary: remove },
  { weight: 1, arbitrary: touch },
);

function somebody({ people }: Channel, share: number, fits: (person: Person) => boolean): Person | undefined {
  const start = Math.min(Math.floor(share * people.length), people.length - 1);
  const turned = [...people.slice(start + 1), ...people.slice(0, start + 1)];
  return turned.findLast(fits);
}

const isHidden = ({ gone, values }: Person) => !gone && values.size === 0;
const isMatching = ({ values }: Person) => values.size > 0;

function showUp(channel: Channel, value: string, fits: (person: Person) => boolean): void {
  const person = somebody(channel, 1, (one) => isHidden(one) && fits(one));
  if (!person) return;
  person.tardy = true;
  channel.match(person, value);
}

function once(channel: Channel, one: Event, values: string[], since: number): void {
  const { length } = channel.people;
  const chosen = values[length % values.length] ?? '';
  const who = 'pick' in one ? somebody(channel, one.pick, isMatching) : undefined;
  switch (one.kind) {
    case 'create':
      // Every fifth contact has all values, so that it is on every list.
      channel.create(length % 5 === 0 ? values : [chosen]);
      break;
    case 'createHidden':
      channel.create([]).tardy = true;
      break;
    case 'createDamaged':
      // A page is an error if none of its contacts can be read, so a readable one is created too.
      channel.create([chosen]).isDamaged = true;
      channel.create([chosen]);
      break;
    case 'matchHidden':
      showUp(channel, chosen, ({ born }) => born >= since);
      break;
    case 'matchOld':
      showUp(channel, chosen, ({ born }) => born < since);
      break;
    case 'remove':
      if (who) channel.remove(who);
      break;
    case 'unmatch':
      if (who) channel.change(who);
      break;
    case 'touch':
      if (who) channel.touch(who);
      break;
    case 'resort':
      channel.resort(one.to);
      break;
  }
}

/** Lets an event happen. Its contacts are created within `longest` seconds; during a poll that is 1. */
export function happen(channel: Channel, one: Event, values: string[], since: number, longest = 300): void {
  const repeat = 'count' in one ? one.count : 1;
  for (let index = 0; index < repeat; index += 1) {
    if (one.kind === 'create') channel.now += Math.min(one.over, longest) / repeat;
    once(channel, one, values, since);
  }
}

export const throttled = {
  status: 429,
  body: '{"status":"error","message":"Too many requests","data":[]}',
};
const faultAnswers = {
  throttled,
  broken: { status: 502, body: '<html>Bad Gateway</html>' },
  garbage: { status: 200, body: '{"data": [{"id"' },
  refused: { status: 403, body: '{"status":"error","message":"Not now","data":[]}' },
} satisfies Record<string, Omit<Answer, 'date'>>;
export type Fault = keyof typeof faultAnswers;

/** A fault of `z.cache`: all keys or all but the start time are lost, the data is one poll old, or the cache fails. */
export type Loss = 'lost' | 'halved' | 'stale' | CacheFault;

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
  fault: { request: number; kind: Fault } | undefined;
  loss: Loss | undefined;
  /** Seconds by which the server's clock is ahead in this poll. */
  dateAhead: number;
  /** True if the platform runs two polls at the same time. */
  isDoubled: boolean;
}

export interface History {
  options: ChannelOptions;
  values: string[];
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
  faults?: Fault[];
  losses?: Loss[];
  before?: fc.Arbitrary<number>;
  options?: fc.Arbitrary<Partial<ChannelOptions>>;
  steps?: number;
  /** Seconds between polls. */
  waits?: fc.Arbitrary<number>;
  /** True if the server's clock is sometimes wrong. `overlaps` is true if two polls sometimes run at once. */
  hasWrongClock?: boolean;
  overlaps?: boolean;
}

const sizes = fc.oneof(
  { weight: 12, arbitrary: fc.nat(40) },
  { weight: 3, arbitrary: fc.integer({ min: 41, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 121, max: 700 }) },
);

const sometimes = <T>(choices: T[]) =>
  choices.length === 0
    ? fc.constant(undefined)
    : fc.option(fc.constantFrom(...choices), { nil: undefined, freq: 2 });

/** Returns a generator of random histories with these settings. */
export function histories(shape: Shape): fc.Arbitrary<History> {
  const { faults = [], losses = [], sorts = ['newest', 'oldest'], steps = 4, values = ['TRUE'] } = shape;
  const disturbances = (one: fc.Arbitrary<Event> | undefined, first: number): fc.Arbitrary<Disturbance[]> =>
    one
      ? fc.array(fc.record({ request: fc.integer({ min: first, max: 8 }), event: one }), { maxLength: 3 })
      : fc.constant([]);
  // Contacts on a list's first reading count as old, so events begin after it. They only add or only remove, so the total changes.
  const atFirst = [createFew, remove].map((one) => disturbances(shape.during && one, values.length + 1));
  const step: fc.Arbitrary<Step> = fc.record({
    wait: shape.waits ?? fc.oneof(fc.integer({ min: 30, max: 900 }), fc.integer({ min: 900, max: 5000 })),
    events: fc.array(shape.events ?? create, { maxLength: 3 }),
    during: disturbances(shape.during, 1),
    fault: fc
      .record({ request: fc.integer({ min: 1, max: 4 }), kind: sometimes(faults) })
      .map(({ request, kind }) => kind && { request, kind }),
    loss: sometimes(losses),
    dateAhead: fc.constantFrom(0, 0, shape.hasWrongClock ? 172_800 : 0),
    isDoubled: shape.overlaps ? fc.boolean() : fc.constant(false),
  });
  return fc.record({
    options: fc
      .record({ sort: fc.constantFrom(...sorts), options: shape.options ?? fc.constant({}) })
      .map(({ sort, options }) => ({ ...usual, sort, ...options })),
    values: fc.constant(values),
    before: shape.before ?? sizes,
    days: fc.constantFrom(0.01, 1, 30, 300),
    hiddenBefore: fc.nat(4),
    during: fc.oneof(...atFirst),
    steps: fc.array(step, { minLength: 1, maxLength: steps }),
  });
}

/** The outcome of a played history. */
export interface Played {
  channel: Channel;
  zap: Zap;
  on: Poll;
  /** Contacts that did not fire in the first poll that should have found them. */
  overdue: Person[];
  driver: Driver;
}

function arm(
  channel: Channel,
  { during, fault }: Pick<Step, 'during' | 'fault'>,
  values: string[],
  since: number,
) {
  const first = channel.requests;
  channel.beforeAnswer = (request) => {
    for (const { request: when, event: one } of during) {
      if (request - first === when) happen(channel, one, values, since, 1);
    }
    return fault && request - first === fault.request ? faultAnswers[fault.kind] : undefined;
  };
}

function lose(driver: Driver, loss: Loss, older: Driver['cache']): void {
  const isKept = loss !== 'lost' && loss !== 'stale';
  driver.forget((key) => !isKept || (loss === 'halved' && !key.endsWith(':since')));
  if (loss === 'stale') Object.assign(driver.cache, older);
  driver.fail(loss === 'halved' || !isKept ? 'nothing' : loss);
}

/** True if nothing happens, or contacts only come or only go: both together can leave the total unchanged. */
function movesOneWay(during: Disturbance[]): boolean {
  const kinds = new Set(during.map(({ event: { kind } }) => (kind === 'unmatch' ? 'remove' : kind)));
  return kinds.size === 0 || (kinds.size === 1 && (kinds.has('create') || kinds.has('remove')));
}

/** Fills a channel and switches a Zap on. */
export async function begin(history: History, start: Start, id: string | null = '1') {
  const { options, values, before, days, hiddenBefore, during } = history;
  const channel = new Channel({ ...options });
  const driver = start(channel);
  channel.fill(values, before, days);
  for (let index = 0; index < hiddenBefore; index += 1) channel.create([], 10 ** index * 7).tardy = true;
  const zap = new Zap(channel, driver, { values, id });
  arm(channel, { during, fault: undefined }, values, channel.now);
  const on = await zap.switchOn();
  channel.beforeAnswer = () => undefined;
  return { channel, driver, zap, on };
}

/** Plays a history. Then polls every quarter of an hour until nothing is missing, at most `patience` times. */
async function play(history: History, start: Start, patience: number): Promise<Played> {
  const { values, steps } = history;
  const { channel, driver, zap, on } = await begin(history, start);
  const overdue: Person[] = [];
  let older = { ...driver.cache };
  for (const step of steps) {
    for (const one of step.events) happen(channel, one, values, zap.since);
    channel.now += step.wait;
    const snapshot = { ...driver.cache };
    lose(driver, step.loss ?? 'nothing', older);
    older = snapshot;
    arm(channel, step, values, zap.since);
    channel.options.dateAhead = step.dateAhead;
    const heard = (zap.polls.at(-1) ?? on).ended;
    const waiting = zap.missing.filter(({ tardy, born }) => !tardy && born > heard);
    const [poll] = await Promise.all([zap.poll(), step.isDoubled && zap.poll()]);
    const isCalm = movesOneWay(step.during) && !step.fault && !step.loss;
    if (isCalm && poll.requests < 45 && poll.ended - poll.began < 20)
      overdue.push(...waiting.filter((person) => isMatching(person) && !zap.fired.has(person.id)));
    channel.beforeAnswer = () => undefined;
    channel.options.dateAhead = 0;
    driver.fail('nothing');
  }
  for (let quiet = 0; quiet < patience && zap.missing.length > 0; quiet += 1) {
    channel.now += 900;
    await zap.poll();
  }
  // After an hour, the hourly check reads the last day again. Nothing false may fire then either.
  channel.now += 3700;
  await zap.poll();
  return { channel, zap, on, overdue, driver };
}

/** How many histories of each kind to play instead of the usual number: `HISTORIES=1000 npm run jest -- test/src/new-contact/random`. */
const runs = Number(process.env.HISTORIES ?? 0);

/**
 * Plays random histories and checks that nothing false fires and no limit is exceeded, whatever happens.
 * A failure prints a seed and a path. If fc.assert gets both, it plays that history again.
 */
export function holds(
  start: Start,
  usualRuns: number,
  shape: Shape,
  check: (played: Played) => void,
  patience = 8,
): Promise<void> {
  const property = fc.asyncProperty(histories(shape), async (history) => {
    const played = await play(history, start, patience);
    expect(played.zap.falselyFired).toEqual([]);
    // If two polls run at once, the model counts the requests of both in each.
    const times = shape.overlaps ? 2 : 1;
    for (const { requests, began, ended } of [played.on, ...played.zap.polls]) {
      expect(requests).toBeLessThanOrEqual(50 * times);
      expect(ended - began).toBeLessThan(times * (25 + 2 * history.options.latency));
    }
    expect(Object.values(played.driver.cache).join('').length).toBeLessThanOrEqual(16_000);
    check(played);
  });
  return fc.assert(property, { numRuns: runs || usualRuns });
}

/** Returns the errors of all polls, including the one that switched the Zap on. */
export const failures = ({ on, zap }: Played): Error[] =>
  [on, ...zap.polls].flatMap(({ error }) => error ?? []);

/** Expects that every contact created since the Zap was switched on has fired. */
export const nothingLost = ({ zap }: Pick<Played, 'zap'>): void => expect(zap.missing).toEqual([]);

/** Expects that nothing was lost, no poll failed, and each contact fired when the first undisturbed poll could see it. */
export function nothingLate(played: Played): void {
  nothingLost(played);
  expect(failures(played)).toEqual([]);
  expect(played.overdue).toEqual([]);
}
