import { DAY } from '../../src/polling/durations.ts';
import { Channel, type Person, type Sort } from '../../test/support/channel-model.ts';
import { type Driver, withoutCore, Zap } from '../../test/support/zap-model.ts';
import type { Row } from './table.ts';

/** A page of the model of the API, for a request. */
function read(channel: Channel, page: number): Person[] {
  channel.now += channel.options.latency;
  channel.requests += 1;
  return channel.page('TRUE', page);
}

/** What a strategy without memory returns: newest first, each contact once. */
function returned(pages: Person[][]): { id: string; created_at: string }[] {
  return [...new Set(pages.flat())]
    .sort((a, b) => b.at - a.at)
    .map(({ id, at }) => ({ id, created_at: String(at) }));
}

/** This trigger, and the three strategies in public use, on the same model of the API. */
const strategies: [name: string, start: (channel: Channel) => Driver['perform']][] = [
  ['this trigger', (channel) => withoutCore(channel).perform],
  ['first page only', (channel) => async () => returned([read(channel, 1)])],
  [
    'last pages, reversed',
    (channel) => async () => {
      const first = read(channel, 1);
      const last = channel.pages('TRUE');
      const pages = [last, last - 1].filter((page) => page > 1).map((page) => read(channel, page));
      return returned(last > 1 ? pages : [first]);
    },
  ],
  [
    'read everything',
    (channel) => async () => {
      const pages = [read(channel, 1)];
      while (pages.length < channel.pages('TRUE')) pages.push(read(channel, pages.length + 1));
      return returned(pages);
    },
  ],
];

const createMany = (channel: Channel, count: number, seconds: number) => {
  for (let index = 0; index < count; index += 1) {
    channel.now += seconds / count;
    channel.create(['TRUE']);
  }
};

/** A day of a channel: quiet, ten new contacts, a burst, deletions, old contacts that start to match. */
async function day(channel: Channel, zap: Zap, bystanders: Person[]) {
  const step = (seconds: number) => {
    channel.now += seconds;
  };
  await zap.switchOn();
  step(300);
  const idle = await zap.poll();
  createMany(channel, 10, 10);
  step(300);
  const busy = await zap.poll();
  createMany(channel, 120, 120);
  step(300);
  await zap.poll();
  for (const person of channel.people.slice(20, 60)) {
    channel.remove(person);
  }
  step(300);
  await zap.poll();
  for (const person of bystanders) {
    channel.match(person, 'TRUE');
  }
  step(300);
  await zap.poll();
  createMany(channel, 3, 3);
  step(300);
  await zap.poll();
  return { idle: idle.requests, busy: busy.requests };
}

/** Contacts lost, false firings and requests of each strategy, over the same history. */
export async function newContactTable(): Promise<Row[]> {
  const realNow = Date.now;
  const rows: Row[] = [];
  for (const size of [1e3, 1e4, 1e5, 1e6]) {
    for (const sort of ['newest', 'oldest', 'hash'] satisfies Sort[]) {
      for (const [strategy, start] of strategies) {
        const channel = new Channel({ sort });
        // Contacts that match only later; they were there before the Zap.
        const bystanders = Array.from({ length: 5 }, () => channel.create([], 90 * DAY));
        channel.fill(['TRUE'], size, 365);
        const zap = new Zap(channel, { trigger: 'new_contact', perform: start(channel) });
        const { idle, busy } = await day(channel, zap, bystanders);
        rows.push({
          contacts: size.toLocaleString('en'),
          order: sort === 'hash' ? 'none' : `${sort} first`,
          strategy,
          'lost or late': zap.missing.length,
          false: zap.falselyFired.length,
          'requests, idle': idle,
          'with 10 new': busy,
        });
      }
    }
  }
  Date.now = realNow;
  return rows;
}

/** What a channel goes through between two polls, five minutes apart. */
interface Load {
  what: string;
  polls: number;
  /** Called before a poll, counted from 0. */
  before: (channel: Channel, poll: number) => void;
}

/** The contacts of a day that arrive in the five minutes before a poll. */
const arrivals = (perDay: number, poll: number) =>
  Math.floor(((poll + 1) * perDay) / 288) - Math.floor((poll * perDay) / 288);

const loads: Load[] = [
  {
    what: '5,000 imported in 5 s, then one more',
    polls: 14,
    before: (channel, poll) => createMany(channel, [5000, 1][poll] ?? 0, 5),
  },
  {
    what: 'one new, then 40 of 400 old ones written to; sorted by last activity',
    polls: 1,
    before: (channel) => {
      channel.create(['TRUE']);
      for (const person of channel.people.slice(0, 40)) {
        channel.now += 1;
        channel.touch(person);
      }
    },
  },
  ...[2000, 10_000].map((perDay) => ({
    what: `${perDay.toLocaleString('en')} new a day, over two days`,
    polls: 2 * 288,
    before: (channel: Channel, poll: number) => createMany(channel, arrivals(perDay, poll), 240),
  })),
];

/** Contacts lost, false firings and requests a poll of each strategy under load, on a list of 400 old contacts. */
export async function newContactLoadTable(): Promise<Row[]> {
  const realNow = Date.now;
  const rows: Row[] = [];
  for (const { what, polls, before } of loads) {
    for (const [strategy, start] of strategies) {
      const channel = new Channel({ sort: what.includes('activity') ? 'touched' : 'newest' });
      channel.fill(['TRUE'], 400, 365);
      const zap = new Zap(channel, { trigger: 'new_contact', perform: start(channel) });
      await zap.switchOn();
      const first = channel.requests;
      for (let poll = 0; poll < polls; poll += 1) {
        const next = channel.now + 300;
        before(channel, poll);
        channel.now = Math.max(channel.now, next);
        await zap.poll();
      }
      rows.push({
        load: what,
        strategy,
        'lost or late': zap.missing.length,
        false: zap.falselyFired.length,
        'requests a poll': (channel.requests - first) / polls,
      });
    }
  }
  Date.now = realNow;
  return rows;
}
