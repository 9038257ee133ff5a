import fc from 'fast-check';
import {
  type Answer,
  Channel,
  type ChannelOptions,
  type Person,
  type Sort,
  usual,
} from '../../support/channel-model.ts';
import { type Driver, type Poll, type Start, Zap } from '../../support/zap-model.ts';
import { create, createFew, type Event, happen, remove } from './events.ts';
import { throttled } from './examples.ts';

export type Fault = 'throttled' | 'broken' | 'garbage' | 'refused';

/** What becomes of `z.cache` before a poll: all or half of it gone, as it was a poll ago, or, for the poll, down or unwritten. */
export type Loss = 'lost' | 'halved' | 'stale' | 'failing' | 'unwritten';

/** What happens before a request of a poll, counted from 1. */
interface Disturbance {
  request: number;
  event: Event;
}

/** A pause, what happens in it, and a poll, with what happens before its requests. */
export interface Step {
  wait: number;
  events: Event[];
  during: Disturbance[];
  fault: { request: number; kind: Fault } | undefined;
  loss: Loss | undefined;
}

export interface History {
  options: ChannelOptions;
  values: string[];
  /** Contacts from before the Zap was switched on, the days they spread over, and how many have no value yet. */
  before: number;
  days: number;
  hiddenBefore: number;
  /** What happens while the Zap is switched on. */
  during: Disturbance[];
  steps: Step[];
}

/** What histories of a kind have in them. */
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

/** Random histories of a kind. */
export function histories(shape: Shape): fc.Arbitrary<History> {
  const { faults = [], losses = [], sorts = ['newest', 'oldest'], steps = 4 } = shape;
  const values = shape.values ?? ['TRUE'];
  const disturbances = (event: fc.Arbitrary<Event>, first: number): fc.Arbitrary<Disturbance[]> =>
    fc.array(fc.record({ request: fc.integer({ min: first, max: 8 }), event }), { maxLength: 3 });
  const during = shape.during ? disturbances(shape.during, 1) : fc.constant<Disturbance[]>([]);
  // What was there when a list was first read was there before; what comes and goes in one second leaves no trace.
  const atFirst: fc.Arbitrary<Event>[] = [createFew, remove];
  const step: fc.Arbitrary<Step> = fc.record({
    wait: shape.waits ?? fc.oneof(fc.integer({ min: 30, max: 900 }), fc.integer({ min: 900, max: 5000 })),
    events: fc.array(shape.events ?? create, { maxLength: 3 }),
    during,
    fault: fc
      .record({ request: fc.integer({ min: 1, max: 4 }), kind: sometimes(faults) })
      .map(({ request, kind }) => kind && { request, kind }),
    loss: sometimes(losses),
  });
  return fc.record({
    options: fc
      .record({ sort: fc.constantFrom(...sorts), options: shape.options ?? fc.constant({}) })
      .map(({ sort, options }) => ({ ...usual, sort, ...options })),
    values: fc.constant(values),
    before: shape.before ?? sizes,
    days: fc.constantFrom(0.01, 1, 30, 300),
    hiddenBefore: fc.nat(4),
    during: shape.during
      ? fc.oneof(...atFirst.map((event) => disturbances(event, values.length + 1)))
      : fc.constant<Disturbance[]>([]),
    steps: fc.array(step, { minLength: 1, maxLength: steps }),
  });
}

const faultAnswers: Record<Fault, Omit<Answer, 'date'>> = {
  throttled,
  broken: { status: 502, body: '<html>Bad Gateway</html>' },
  garbage: { status: 200, body: '{"data": [{"id"' },
  refused: { status: 403, body: '{"status":"error","message":"Not now","data":[]}' },
};

/** A history that has been played. */
export interface Played {
  channel: Channel;
  zap: Zap;
  on: Poll;
  /** The polls of its steps, without the quiet ones that follow. */
  polls: Poll[];
  /** Contacts that a poll should have found at once, and did not. */
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
    for (const { request: when, event } of during) {
      if (request - first === when) happen(channel, event, values, since, 1);
    }
    return fault && request - first === fault.request ? faultAnswers[fault.kind] : undefined;
  };
}

function lose({ cache, fail }: Driver, loss: Loss | undefined, older: Record<string, string>): void {
  const kept = {
    lost: {},
    halved: Object.fromEntries(Object.entries(cache).filter(([key]) => key.endsWith('since'))),
    stale: older,
  };
  if (loss === 'lost' || loss === 'halved' || loss === 'stale') {
    const next = kept[loss];
    for (const key of Object.keys(cache)) delete cache[key];
    Object.assign(cache, next);
  }
  fail(loss === 'failing' ? 'all' : loss === 'unwritten' ? 'writes' : 'nothing');
}

/** While the poll reads, contacts only come, or only go: the total tells. Where they do both, it may not. */
function movesOneWay(during: Disturbance[]): boolean {
  const kinds = new Set(during.map(({ event }) => (event.kind === 'unmatch' ? 'remove' : event.kind)));
  return kinds.size === 0 || (kinds.size === 1 && (kinds.has('create') || kinds.has('remove')));
}

/** Fills a channel and switches a Zap on. */
export async function begin(history: History, start: Start, id: string | null = '1') {
  const { options, values, before, days, hiddenBefore, during } = history;
  const channel = new Channel(options);
  const driver = start(channel);
  channel.fill(values, before, days);
  for (let index = 0; index < hiddenBefore; index += 1) channel.create([], 10 ** index * 7).tardy = true;
  const zap = new Zap(channel, driver, { values, id });
  arm(channel, { during, fault: undefined }, values, channel.now);
  const on = await zap.switchOn();
  channel.beforeAnswer = () => undefined;
  return { channel, driver, zap, on };
}

/** Plays a history, and then polls every quarter of an hour, up to `patience` times, until nothing is missing. */
export async function play(history: History, start: Start, patience = 8): Promise<Played> {
  const { values, steps } = history;
  const { channel, driver, zap, on } = await begin(history, start);
  const polls: Poll[] = [];
  const overdue: Person[] = [];
  let older = { ...driver.cache };
  for (const step of steps) {
    for (const event of step.events) happen(channel, event, values, zap.since);
    channel.now += step.wait;
    const snapshot = { ...driver.cache };
    lose(driver, step.loss, older);
    older = snapshot;
    arm(channel, step, values, zap.since);
    const heard = (zap.polls.at(-1) ?? on).ended;
    const waiting = zap.missing.filter(({ tardy, born }) => !tardy && born > heard);
    const poll = await zap.poll();
    polls.push(poll);
    const calm = movesOneWay(step.during) && !step.fault && !step.loss;
    const within = poll.requests < 45 && poll.ended - poll.began < 20;
    if (calm && within)
      overdue.push(...waiting.filter(({ id, values: its }) => its.size > 0 && !zap.fired.has(id)));
    channel.beforeAnswer = () => undefined;
    driver.fail('nothing');
  }
  for (let quiet = 0; quiet < patience && zap.missing.length > 0; quiet += 1) {
    channel.now += 900;
    await zap.poll();
  }
  // A last look after an hour, when the day is read again: nothing false comes of that either.
  channel.now += 3700;
  await zap.poll();
  return { channel, zap, on, polls, overdue, driver };
}
