import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod';
import { Channel, type ChannelOptions, type Person, type Sort, usual } from '../../support/channel-model.ts';
import { type CacheFault, type Start, withoutCore, Zap } from '../../support/zap-model.ts';
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

/** Plays a history; says what the Zap did wrong, and how often it had to start. */
async function play({ options, values, watched, id, before, atFirst, steps }: History, start: Start) {
  const channel = new Channel({ ...usual, ...options });
  const driver = start(channel);
  const oracle = new Oracle(channel, (item) => {
    const { custom_fields: fields, tags } = itemSchema.parse(item);
    return JSON.stringify([
      fields.zap,
      ...watched.map((name) => (name === 'tags' ? tags : (fields[name] ?? ''))),
    ]);
  });
  const inputs = { values, inputs: { watched_fields: watched }, id };
  const zap = new Zap(channel, driver, inputs);
  /** The same Zap, whose answers Zapier never gets. */
  const deaf = new Zap(channel, driver, inputs);
  const happen = (event: Event) => {
    event(channel, values);
    oracle.look();
  };
  const arm = ({ during = [], fault }: Pick<Step, 'during' | 'fault'>) => {
    const first = channel.requests;
    channel.beforeAnswer = (request) => {
      for (const { request: when, event } of during) if (request - first === when) happen(event);
      const body = '{"status":"error","message":"Not now"}';
      return request - first === fault?.request ? { status: fault.status, body } : undefined;
    };
  };
  /** Whether the next poll goes on with a reading. */
  const isOpen = () => Object.values(driver.cache).some((text) => text.includes('"reading":{'));
  const poll = async ({ during, fault, trouble }: Step) => {
    const isBeginning = Object.keys(driver.cache).length === 0;
    const wasOpen = isOpen();
    const isHeard = trouble !== 'unheard';
    const polls = await Promise.all(
      [...(isHeard ? [zap] : [deaf]), ...(trouble === 'twice' ? [zap] : [])].map((each) => each.poll()),
    );
    if (polls.every(({ error }) => error)) return;
    const pages = values.reduce((sum, value) => sum + channel.pages(value), 0);
    const isWhole = polls.every(({ requests }) => requests >= pages) && !wasOpen && !isOpen();
    const isWritten = trouble !== 'twice' && !cacheFaults.some((each) => each === trouble);
    const isCalm = isWhole && isWritten && isHeard && !during && !fault;
    oracle.judge(isHeard ? polls : polls.map((each) => ({ ...each, fired: [] })), {
      isBeginning,
      isCalm,
      isWritten,
    });
  };
  for (const to of before) channel.create(values.slice(to, to + 1));
  channel.now += 100;
  oracle.look();
  arm({ during: atFirst, fault: undefined });
  const on = await zap.switchOn();
  oracle.judge([on], { isBeginning: true, isCalm: !atFirst, isWritten: true });
  for (const step of on.error ? [] : steps) {
    for (const event of step.events) {
      channel.now += step.wait / 10;
      happen(event);
    }
    channel.now += step.wait / 2;
    arm(step);
    driver.forget(
      (key) =>
        step.trouble === 'lost' || step.trouble === (key.endsWith(':copy') ? 'copy lost' : 'first lost'),
    );
    driver.fail(cacheFaults.find((each) => each === step.trouble) ?? 'nothing');
    await poll(step);
  }
  return oracle;
}

it.each([
  ['over HTTP', useCore('updated_contact'), 30],
  ['without HTTP', (channel: Channel) => withoutCore(channel, 'updated_contact'), count],
])(
  'Updated Contact misses no change, and starts the Zap for nothing else, over random histories, %s',
  async (_, start, numRuns) => {
    let due = 0;
    const check = async (history: History) => {
      const oracle = await play(history, start);
      expect(oracle.faults).toEqual([]);
      due += oracle.due;
    };
    await fc.assert(fc.asyncProperty(history, check), { numRuns });
    expect(due).toBeGreaterThan(numRuns);
  },
);
