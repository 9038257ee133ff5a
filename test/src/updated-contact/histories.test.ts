import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Channel, type ChannelOptions, type Person, type Sort, usual } from '../../support/channel-model.ts';
import { type CacheFault, type Start, withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import { Oracle } from './oracle.ts';

/** The number of histories, up to a second each. `HISTORIES=10000 npm run jest -- test/src/updated-contact/histories` plays more. */
const count = Number(process.env.HISTORIES ?? 300);

const kinds = [
  'create',
  'remove',
  'note',
  'tags',
  'plan',
  'plan',
  'swap',
  'swap',
  'change',
  'change',
] as const;
/** A change to one contact. `who` is its position, from 0 to 1. `to` is the index of its new value; past the last, it gets none. */
const event = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.double({ min: 0, max: 0.999, noNaN: true }),
  to: fc.nat(3),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function happen(channel: Channel, { kind, who, to }: Event, values: string[]): void {
  const value = values[to];
  const some = (people: Person[]) => people[Math.floor(who * people.length)];
  const person = some(channel.people);
  if (kind === 'create') channel.create(values.slice(to, to + 1));
  if (!person) return;
  if (kind === 'change') channel.change(person, value);
  if (kind === 'remove') channel.remove(person);
  if (kind === 'note' || kind === 'plan')
    channel.touch(person, { fields: { ...person.fields, [kind]: value } });
  if (kind === 'tags') channel.touch(person, { tags: person.tags.length > 0 ? [] : ['VIP'] });
  if (kind !== 'swap') return;
  // One contact leaves and another comes, so the total does not change.
  const leaving = some(channel.people.filter(({ values }) => values.size > 0));
  const coming = some(channel.people.filter(({ values, gone }) => values.size === 0 && !gone));
  const [left] = leaving?.values ?? [];
  if (leaving) channel.change(leaving);
  if (coming && left !== undefined) channel.match(coming, left);
}

/** A poll's trouble: its memory or one key is lost, its answer never arrives, a second poll overlaps, or the cache fails. */
type Trouble = 'lost' | 'key lost' | 'copy lost' | 'unheard' | 'twice' | CacheFault;
const cacheFaults: CacheFault[] = ['all', 'reads', 'writes', 'frozen'];
const troubles: Trouble[] = ['lost', 'key lost', 'copy lost', 'unheard', 'twice', ...cacheFaults];

const request = fc.integer({ min: 2, max: 9 });
const during = fc.array(fc.record({ request, event }), { minLength: 1, maxLength: 3 });
/** Generates undefined in six cases of seven. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, arbitrary);
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
  /** Contacts created before the Zap: each number is the index of a value. Past the last value, the contact has none. */
  before: fc.oneof(
    fc.array(fc.nat(3), { maxLength: 40 }),
    fc.array(fc.constant(0), { minLength: 15, maxLength: 70 }),
  ),
  atFirst: seldom(during),
  steps: fc.array(step, { minLength: 3, maxLength: 10 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** Plays a history. Returns the oracle, which has the Zap's mistakes and the number of starts that were due. */
async function play({ options, values, watched, id, before, atFirst, steps }: History, start: Start) {
  const channel = new Channel({ ...usual, ...options });
  const driver = start(channel);
  const oracle = new Oracle(channel, (item) => {
    const { custom_fields: fields, tags } = Object(item);
    return JSON.stringify(['zap', ...watched].map((name) => (name === 'tags' ? tags : fields[name]) ?? null));
  });
  const inputs = { values, inputs: { watched_fields: watched }, id };
  const zap = new Zap(channel, driver, inputs);
  /** Polls with the memory and inputs of `zap`, but Zapier never receives what its polls return. */
  const deaf = new Zap(channel, driver, inputs);
  const change = (event: Event) => {
    happen(channel, event, values);
    oracle.look();
  };
  const arm = ({ during = [], fault }: Pick<Step, 'during' | 'fault'>) => {
    const first = channel.requests;
    channel.beforeAnswer = (request) => {
      for (const { request: when, event } of during) if (request - first === when) change(event);
      const body = '{"status":"error","message":"Not now"}';
      return request - first === fault?.request ? { status: fault.status, body } : undefined;
    };
  };
  /** True if a reading is unfinished, so that the next poll continues it. */
  const isOpen = () => Object.values(driver.cache).some((text) => text.includes('"reading":{'));
  const poll = async ({ during, fault, trouble }: Step) => {
    const isBeginning = Object.keys(driver.cache).length === 0;
    const wasOpen = isOpen();
    const isHeard = trouble !== 'unheard';
    const polling = [isHeard ? zap : deaf, ...(trouble === 'twice' ? [zap] : [])];
    const polls = await Promise.all(polling.map((each) => each.poll()));
    const isCacheFault = cacheFaults.some((each) => each === trouble);
    const errors = polls.flatMap(({ error }) => error ?? []);
    if (errors.length > 0 && !fault && !isCacheFault) oracle.faults.push(`failed: ${errors}`);
    if (errors.length === polls.length) return;
    const pages = values.reduce((sum, value) => sum + channel.pages(value), 0);
    const isWhole = polls.every(({ requests }) => requests >= pages) && !wasOpen && !isOpen();
    const isWritten = trouble !== 'twice' && !isCacheFault;
    const isCalm = isWhole && isWritten && isHeard && !during && !fault;
    const heard = isHeard ? polls : polls.map((each) => ({ ...each, fired: [] }));
    oracle.judge(heard, { isBeginning, isCalm, isWritten });
  };
  for (const to of before) channel.create(values.slice(to, to + 1));
  channel.now += 100;
  oracle.look();
  arm({ during: atFirst, fault: undefined });
  const on = await zap.switchOn();
  if (on.error && options.latency < 2) oracle.faults.push(`failed: ${on.error}`);
  oracle.judge([on], { isBeginning: true, isCalm: !atFirst, isWritten: true });
  for (const step of on.error ? [] : steps) {
    for (const event of step.events) {
      channel.now += step.wait / 10;
      change(event);
    }
    channel.now += step.wait / 2;
    arm(step);
    const { trouble } = step;
    driver.forget(
      (key) => trouble === 'lost' || trouble === (key.endsWith(':copy') ? 'copy lost' : 'key lost'),
    );
    driver.fail(cacheFaults.find((each) => each === trouble) ?? 'nothing');
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
    expect(due).toBeGreaterThan(numRuns / 2);
  },
  count * 1000,
);
