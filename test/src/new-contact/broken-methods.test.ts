import { describe, expect, it } from '@jest/globals';
import { type Answer, Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import {
  allowRequests,
  createMany,
  HOUR,
  pollOn,
  pollUntilFound,
  removeSome,
  sorts,
  switchedOn,
  tenValues,
} from './setup.ts';

// Each of these histories broke the method of src/new-contact, which counts positions from the oldest end of a list, or one
// of the methods that it replaced. A history that breaks it in future is added here.

const run = useCore();
const DAY = 24 * HOUR;

describe('A bulk import', () => {
  it.each(sorts)(
    'of a thousand older contacts that start to match is not read through, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 5000);
      for (let hours = 2; hours < 1002; hours += 1) channel.match(channel.create([], hours * HOUR), 'TRUE');
      const { fired, requests } = await zap.poll();
      expect(fired).toEqual([]);
      expect(requests).toBeLessThanOrEqual(3);
      createMany(channel, 25);
      const next = await zap.poll();
      expect(next.fired).toHaveLength(25);
      expect(next.requests).toBeLessThanOrEqual(4);
    },
  );

  it('into a list too short to show its order, and with unclear ends, delays nothing', async () => {
    const { channel, zap } = await switchedOn({}, 6);
    createMany(channel, 4995, 0.1);
    await pollUntilFound(zap, 12);
  });

  it('during which a Zap is switched on is found by its first poll', async () => {
    const during = (channel: Channel, request: number) => request === 3 && createMany(channel, 30, 0);
    const { zap } = await switchedOn({ sort: 'oldest' }, 400, 0.5, { during });
    expect((await zap.poll()).fired).toHaveLength(30);
  });

  it('during which most of the list is deleted is still found', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 2500);
    await zap.poll();
    removeSome(channel, 0, 1500);
    createMany(channel, 2100, 0.1);
    await pollUntilFound(zap, 16);
  });
});

describe('An order', () => {
  it.each([
    [60, 40],
    [480, 10],
  ])('by last activity that looked like age in %i hides nothing behind %i', async (before, touched) => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, before, 30);
    await zap.poll();
    channel.now += 60;
    const created = channel.create(['TRUE']);
    for (const person of channel.people.slice(5, 5 + touched)) {
      channel.now += 1;
      channel.touch(person);
    }
    expect((await pollOn(zap, 1, 60))[0]?.fired).toEqual([created.id]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is shown by the ends of a list alone is not believed', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 700, 30);
    const [first, second] = channel.people;
    if (first) channel.touch(first);
    await zap.poll();
    createMany(channel, 15);
    if (second) channel.touch(second);
    createMany(channel, 12);
    for (let poll = 0; poll < 6; poll += 1) await zap.poll();
    expect(zap.missing).toEqual([]);
    expect(zap.polls.at(-1)?.requests).toBe(2);
  });

  it('that is turned round is noticed, though a page of old contacts looks like nothing new', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 21);
    channel.resort('newest');
    const [created] = createMany(channel, 1);
    removeSome(channel, 0, 1);
    expect((await zap.poll()).fired).toEqual([created?.id]);
  });

  it('that breaks while the total stays is read again at once', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 700);
    createMany(channel, 12);
    removeSome(channel, 0, 12);
    for (const person of channel.people.slice(12, 24).reverse()) {
      channel.now += 1;
      channel.touch(person);
    }
    await pollUntilFound(zap, 2);
  });

  it.each(sorts)(
    'is judged by all pages in a row, if neither end shows it: the first 60 share a second, the last page has one, %s first',
    async (sort) => {
      const channel = new Channel({ sort });
      if (sort === 'newest') channel.fill(['TRUE'], 2941, 1);
      for (let index = 0; index < 60; index += 1) channel.create(['TRUE'], sort === 'oldest' ? DAY : 5);
      if (sort === 'oldest') channel.fill(['TRUE'], 2941, 0.9);
      const driver = withoutCore(channel);
      const zap = new Zap(channel, driver);
      await zap.switchOn();
      createMany(channel, 8, 8);
      await pollUntilFound(zap, 1);
      driver.forget();
      await pollOn(zap, 12);
      expect(zap.falselyFired).toEqual([]);
    },
  );
});

describe('Pages', () => {
  it.each(sorts)('that are served twice lose nothing, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 100);
    createMany(channel, 55);
    const first = channel.requests;
    let before: Answer | undefined;
    const answer = channel.answer.bind(channel);
    channel.answer = (query) => {
      const given = answer(query);
      const repeated = channel.requests - first === 3 ? before : undefined;
      before = given;
      return repeated ?? given;
    };
    await zap.poll();
    channel.answer = answer;
    await pollUntilFound(zap, 1);
  });

  it('that are shorter than meta says are re-read all the same', async () => {
    const { channel, zap } = await switchedOn({}, 100);
    createMany(channel, 60);
    await zap.poll();
    const answer = channel.answer.bind(channel);
    channel.answer = (query) => {
      const given = answer(query);
      const { data, meta } = JSON.parse(given.body);
      return query.get('page') === '3'
        ? { ...given, body: JSON.stringify({ data: data.slice(1), meta }) }
        : given;
    };
    const late = channel.create([]);
    createMany(channel, 40);
    await zap.poll();
    channel.match(late, 'TRUE');
    expect(await zap.poll()).toMatchObject({ fired: [late.id] });
    expect((await pollOn(zap, 1, HOUR))[0]?.error).toBeUndefined();
  });

  it('of which the last is empty, if the API allows no second request, are read further at the next poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 31);
    removeSome(channel, 0, 1);
    allowRequests(channel, 1);
    expect(await zap.poll()).toMatchObject({ fired: [], requests: 2 });
    channel.beforeAnswer = () => undefined;
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
  });
});

describe('Memory', () => {
  it.each<[string, Partial<ChannelOptions>, number, [number, number?]]>([
    ['after the newest 60 of a busy day were deleted, newest first,', {}, 600, [-60]],
    ['after the newest 60 of a busy day were deleted, oldest first,', { sort: 'oldest' }, 600, [-60]],
    ['of a list without order, of which not all was returned,', { sort: 'hash' }, 350, [0, 45]],
    ['of a longer list without order', { sort: 'hash' }, 900, [0, 0]],
    ['of a day with more contacts than may be returned', {}, 360, [-45]],
    ['of a busy channel', {}, 2000, [0, 0]],
  ])('that is lost %s fires nothing false', async (_, options, before, [from, to]) => {
    const { channel, zap, driver } = await switchedOn(options, before, 0.5);
    const older = channel.create([], 0.3 * DAY);
    removeSome(channel, from, to);
    driver.forget();
    await pollOn(zap, 2);
    channel.match(older, 'TRUE');
    await pollOn(zap, 12);
    expect(zap.falselyFired).toEqual([]);
  });

  type During = (channel: Channel, request: number) => unknown;
  const calm: During = () => undefined;
  const busy: During = (channel, request) => request === 3 && createMany(channel, 11, 0);
  const few: During = (channel) => {
    for (const person of channel.people) if (person.seq % 50 > 0) channel.unmatch(person, 'FALSE');
  };

  it.each([
    ['after many contacts came while the Zap was switched on', ['TRUE'], 41, busy, 100],
    ['of two values, one of which has a long list,', ['FALSE', 'TRUE'], 1000, few, 100],
    ['of two values, one of which is cut off by a 429,', ['FALSE', 'TRUE'], 60, calm, 1],
  ])('that is lost %s fires nothing false', async (_, values, before, during, allowed) => {
    const { channel, zap, driver } = await switchedOn({}, before, 0.5, { values, during });
    driver.forget();
    allowRequests(channel, allowed);
    await zap.poll();
    channel.beforeAnswer = () => undefined;
    await pollOn(zap, 12);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is not written when a Zap is switched on again does not bring its earlier life back', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 30, { run });
    const between = channel.create([]);
    await pollOn(zap, 1, HOUR);
    const again = new Zap(channel, driver);
    driver.fail('writes');
    await again.switchOn();
    driver.fail('nothing');
    await again.poll();
    channel.match(between, 'TRUE');
    createMany(channel, 3);
    await pollOn(again, 1);
    expect(again.missing).toEqual([]);
  });

  it('that holds not all that was returned does not take it for what it looks for', async () => {
    const channel = new Channel();
    const zap = new Zap(channel, withoutCore(channel), { values: tenValues });
    channel.fill(['value 0'], 100, 30);
    await zap.switchOn();
    const late = channel.create([]);
    createMany(channel, 300, 1, 'value 0');
    await pollOn(zap, 2, 60);
    channel.match(late, 'value 0');
    expect((await zap.poll()).fired).toEqual([late.id]);
  });
});

/** Sets up a channel with `perDay` new contacts a day, polled every `pause` seconds. Every 16th gets its value up to a day late. */
async function busyDays(options: Partial<ChannelOptions>, perDay: number, pause: number) {
  const { channel, zap } = await switchedOn(options, 100);
  const late: { person: Person; at: number }[] = [];
  const waits: number[] = [];
  let [next, made] = [channel.now, 0];
  /** Lets time pass until `until`. Contacts are created, and late ones get their value when it is due. */
  const live = (until: number) => {
    for (; next <= until; next += DAY / perDay) {
      channel.now = Math.max(channel.now, next);
      made += 1;
      if (made % 16 > 0) channel.create(['TRUE']);
      // 7919 and 86,000 share no factor, so the delays are spread evenly over a day.
      else late.push({ person: channel.create([]), at: next + ((made * 7919) % 86_000) });
    }
    for (const { person, at } of late) if (at <= until) channel.match(person, 'TRUE');
    channel.now = Math.max(channel.now, until);
  };
  const poll = async () => {
    live(channel.now + pause);
    const { fired, began } = await zap.poll();
    for (const { person, at } of late) if (fired.includes(person.id)) waits.push(began - at);
  };
  const pollFor = async (hours: number) => {
    for (const end = channel.now + hours * HOUR; channel.now < end; ) await poll();
  };
  /** Returns the late matches up to this time that have not fired. */
  const unfound = (until: number) =>
    late.filter(({ person: { id }, at }) => at <= until && !zap.fired.has(id));
  return { channel, zap, live, pollFor, waits, unfound };
}

describe('Late matches', () => {
  it.each([20, 30])(
    'of an outage of %i hours, 2,000 contacts a day, fire within four hours after',
    async (hours) => {
      const { channel, zap, live, pollFor, unfound } = await busyDays({}, 2000, 900);
      await pollFor(26);
      live(channel.now + hours * HOUR);
      const end = channel.now;
      await pollFor(4);
      expect(unfound(end)).toEqual([]);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it('of an outage that begins while the day is being read again fire at the first polls', async () => {
    const { channel, zap } = await switchedOn({}, 100);
    createMany(channel, 1170, 30);
    const late = channel.create([]);
    createMany(channel, 30, 30);
    await pollUntilFound(zap, 4);
    // The hourly check takes three polls. This is the first one.
    await pollOn(zap, 1, HOUR);
    createMany(channel, 60, 60);
    channel.match(late, 'TRUE');
    channel.now += 40 * HOUR;
    await pollUntilFound(zap, 8);
  });

  it.each([
    [0.3, 900, 2],
    [1, 300, 2],
    [1, 900, 4],
  ])(
    'at 2,000 a day, %d s a request and a poll every %i s fire within %i hours',
    async (latency, pause, hours) => {
      const { channel, pollFor, waits, unfound } = await busyDays({ latency }, 2000, pause);
      await pollFor(40);
      expect(waits.length).toBeGreaterThan(100);
      expect(Math.max(...waits)).toBeLessThan(hours * HOUR);
      expect(unfound(channel.now - hours * HOUR)).toEqual([]);
    },
  );
});

describe('A server’s clock that was two days ahead in one poll', () => {
  it.each([
    ['as the Zap was switched on', 0, 0],
    ['as a check began that takes several polls', 1, 1200],
  ])('%s, loses nothing afterwards', async (_, polls, count) => {
    const { channel, zap } = await switchedOn({ dateAhead: polls === 0 ? 2 * DAY : 0 }, 35, 30);
    createMany(channel, count, 10);
    await pollUntilFound(zap, 4);
    channel.options.dateAhead = 2 * DAY;
    await pollOn(zap, polls, HOUR);
    channel.options.dateAhead = 0;
    const late = channel.create([]);
    createMany(channel, 30);
    await pollOn(zap, 30);
    channel.match(late, 'TRUE');
    removeSome(channel, 0, 1);
    await pollOn(zap, 8);
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });
});
