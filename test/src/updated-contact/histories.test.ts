import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod';
import { HOUR } from '../../../src/polling/durations.ts';
import { Channel, type ChannelOptions, type Person, type Sort, usual } from '../../support/channel-model.ts';
import {
  type CacheFault,
  type Driver,
  type Poll,
  type Start,
  withoutCore,
  Zap,
} from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import { Oracle } from './oracle.ts';

/** Random histories a test; `HISTORIES=10000 npm run jest -- test/src/updated-contact/histories` plays more. */
const count = Number(process.env.HISTORIES ?? 300);

const itemSchema = schema.object({
  custom_fields: schema.record(schema.string(), schema.unknown()),
  tags: schema.array(schema.string()),
});

type Event = (channel: Channel, values: string[]) => void;

const pick = fc.double({ min: 0, max: 0.999, noNaN: true });
const some = ({ people }: Channel, share: number) => people[Math.floor(share * people.length)];
const act = (does: (channel: Channel, person: Person, to: string | undefined) => void) =>
  fc.tuple(pick, fc.nat(2)).map(
    ([share, to]): Event =>
      (channel, values) => {
        const person = some(channel, share);
        if (person) does(channel, person, values[to]);
      },
  );

const create = fc.nat(2).map(
  (to): Event =>
    (channel, values) =>
      void channel.create(values.slice(to, to + 1)),
);
const change = act((channel, person, to) => channel.change(person, to));
const plan = act((channel, person, to) =>
  channel.touch(person, { fields: { ...person.fields, plan: to ?? '' } }),
);
const note = act((channel, person) =>
  channel.touch(person, { fields: { ...person.fields, note: channel.now } }),
);
const tag = act((channel, person) => channel.touch(person, { tags: person.tags.length > 0 ? [] : ['VIP'] }));
const remove = act((channel, person) => channel.remove(person));
/** One leaves as another comes, so that no total tells. */
const swap = fc.tuple(pick, pick).map(
  ([goes, comes]): Event =>
    (channel, values) => {
      const leaving = channel.people.filter(({ values }) => values.size > 0);
      const person = leaving[Math.floor(goes * leaving.length)];
      if (!person) return;
      const [value] = person.values;
      const others = channel.people.filter(({ values, gone }) => values.size === 0 && !gone);
      channel.change(person, undefined);
      const other = others[Math.floor(comes * others.length)];
      if (other) channel.match(other, value ?? '');
      else channel.create([value ?? values[0] ?? '']);
    },
);
const event = fc.oneof(
  create,
  { weight: 5, arbitrary: change },
  { weight: 2, arbitrary: plan },
  note,
  tag,
  remove,
  { weight: 2, arbitrary: swap },
);

/** What becomes of a poll: its memory is lost, or one key of it; its answer; or it is two polls; or the cache fails. */
type Trouble = 'lost' | 'first lost' | 'copy lost' | 'unheard' | 'twice' | CacheFault;
const cacheFaults: CacheFault[] = ['all', 'reads', 'writes', 'frozen'];
const troubles: Trouble[] = ['lost', 'first lost', 'copy lost', 'unheard', 'twice', ...cacheFaults];

const restless = fc.oneof(event, { weight: 2, arbitrary: swap });
const during = fc.array(fc.record({ request: fc.integer({ min: 2, max: 9 }), event: restless }), {
  minLength: 1,
  maxLength: 3,
});
/** Undefined in most cases. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, arbitrary);
const step = fc.record({
  wait: fc.constantFrom(60, 300, 900, 1900, 4000),
  events: fc.array(event, { maxLength: 5 }),
  during: seldom(during),
  fault: seldom(fc.record({ request: fc.nat(4), status: fc.constantFrom(403, 429, 500) })),
  trouble: seldom(fc.constantFrom(...troubles)),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const history = fc.record({
  options: fc.record({
    sort: fc.constantFrom<Sort[]>('newest', 'oldest', 'hash', 'touched'),
    meta: fc.constantFrom<ChannelOptions['meta'][]>('full', 'full', 'total', 'none'),
    latency: fc.constantFrom(0.05, 0.3, 2.1),
    tellsTime: fc.boolean(),
    dateAhead: fc.constantFrom(0, 0, 200_000),
  }),
  values: fc.constantFrom<string[][]>(['TRUE'], ['TRUE', 'yes'], ['TRUE', 'yes', 'Gold']),
  watched: fc.constantFrom<string[][]>([], ['plan', 'tags'], ['zap']),
  id: fc.constantFrom('1', '1', null),
  /** Contacts from before, by which of the values they have. */
  before: fc.oneof(
    fc.array(fc.nat(3), { maxLength: 40 }),
    fc.array(fc.constant(0), { minLength: 15, maxLength: 70 }),
  ),
  atFirst: seldom(during),
  steps: fc.array(step, { minLength: 3, maxLength: 10 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** A Zap on a channel, and what is known of both. */
class Play {
  readonly oracle: Oracle;
  private readonly history: History;
  private readonly channel: Channel;
  private readonly driver: Driver;
  private readonly zap: Zap;
  /** The same Zap, whose answers Zapier never gets, and its polls of the last hour. */
  private readonly deaf: Zap;
  private unheard: Poll[] = [];
  /** How many contacts there were when everything was last read, and when. */
  private counted = { totals: '', at: 0 };

  constructor(history: History, start: Start) {
    const { options, values, watched, id, before } = history;
    this.history = history;
    this.channel = new Channel({ ...usual, ...options });
    this.driver = start(this.channel);
    const inputs = { values, inputs: { watched_fields: watched }, id };
    this.zap = new Zap(this.channel, this.driver, inputs);
    this.deaf = new Zap(this.channel, this.driver, inputs);
    this.oracle = new Oracle(this.channel, (item) => {
      const { custom_fields: fields, tags } = itemSchema.parse(item);
      const others = watched.map((name) => (name === 'tags' ? tags : (fields[name] ?? '')));
      return JSON.stringify([fields.zap, ...others]);
    });
    for (const to of before) this.channel.create(values.slice(to, to + 1));
    this.channel.now += 100;
    this.oracle.look();
  }

  private get totals(): string {
    return this.history.values.map((value) => this.channel.count(value)).join();
  }

  /** Whether the next poll goes on with a reading. */
  private get isOpen(): boolean {
    return Object.values(this.driver.cache).some((text) => text.includes('"reading":{'));
  }

  /** Lets things happen before requests, and a request fail. */
  private arm(during: Exclude<Step['during'], undefined>, fault: Step['fault']): void {
    const first = this.channel.requests;
    this.channel.beforeAnswer = (request) => {
      for (const { request: when, event } of during) if (request - first === when) this.happen(event);
      const body = '{"status":"error","message":"Not now"}';
      return request - first === fault?.request ? { status: fault.status, body } : undefined;
    };
  }

  private happen(event: Event): void {
    event(this.channel, this.history.values);
    this.oracle.look();
  }

  /** False if it cannot be switched on. */
  async switchOn(): Promise<boolean> {
    const { atFirst = [] } = this.history;
    this.arm(atFirst, undefined);
    const on = await this.zap.switchOn();
    this.oracle.judge([on], { isBeginning: true, isCalm: atFirst.length === 0, isWritten: true });
    this.counted = { totals: this.totals, at: this.channel.now };
    return !on.error;
  }

  async take({ wait, events, during = [], fault, trouble }: Step): Promise<void> {
    const { channel, driver } = this;
    for (const event of events) {
      channel.now += wait / 10;
      this.happen(event);
    }
    channel.now += wait / 2;
    this.arm(during, fault);
    if (trouble === 'lost') driver.forget();
    if (trouble === 'first lost') driver.forget((key) => !key.endsWith(':copy'));
    if (trouble === 'copy lost') driver.forget((key) => key.endsWith(':copy'));
    const cacheFault = cacheFaults.find((each) => each === trouble) ?? 'nothing';
    driver.fail(cacheFault);
    const old = this.unheard.filter(({ ended }) => channel.now - ended >= HOUR);
    for (const poll of old) this.oracle.excuse(poll);
    this.unheard = this.unheard.filter((poll) => !old.includes(poll));
    if (trouble === 'unheard') this.unheard.push(await this.deaf.poll());
    else
      await this.poll(trouble === 'twice', cacheFault === 'nothing', during.length > 0, fault !== undefined);
  }

  private async poll(isTwice: boolean, isWritten: boolean, isDisturbed: boolean, isFaulty: boolean) {
    const { channel, driver, zap, oracle, history } = this;
    const isBeginning = Object.keys(driver.cache).length === 0;
    const wasOpen = this.isOpen;
    const polls = await Promise.all(isTwice ? [zap.poll(), zap.poll()] : [zap.poll()]);
    if (polls.every(({ error }) => error)) return;
    const pages = history.values.reduce((sum, value) => sum + channel.pages(value), 0);
    const isWhole = polls.every(({ requests }) => requests >= pages);
    const isPlain = !isTwice && !isDisturbed && !isFaulty && !wasOpen && !this.isOpen;
    if (isPlain && !isWhole) this.checkSpared();
    oracle.judge(polls, {
      isBeginning,
      isCalm: isPlain && isWhole && isWritten,
      isWritten: isWritten && !isTwice,
    });
    if (isWhole || wasOpen) this.counted = { totals: this.totals, at: channel.now };
  }

  /** Only a Zap that watches no fields may spare requests, for an hour, while the totals stay the same. */
  private checkSpared(): void {
    const { watched, id } = this.history;
    const { totals, at } = this.counted;
    const isAllowed = watched.length === 0 && id !== null && totals === this.totals;
    if (!isAllowed || this.channel.now - at > HOUR + 2) this.oracle.faults.push('requests spared');
  }
}

it.each([
  ['over HTTP', useCore('updated_contact'), 30],
  ['without HTTP', (channel: Channel) => withoutCore(channel, 'updated_contact'), count],
])(
  'Updated Contact misses no change, and starts the Zap for nothing else, over random histories, %s',
  async (_, start, numRuns) => {
    let due = 0;
    await fc.assert(
      fc.asyncProperty(history, async (history) => {
        const play = new Play(history, start);
        if (!(await play.switchOn())) return;
        for (const step of history.steps) await play.take(step);
        expect(play.oracle.faults).toEqual([]);
        due += play.oracle.due;
      }),
      { numRuns },
    );
    expect(due).toBeGreaterThan(numRuns);
  },
);
