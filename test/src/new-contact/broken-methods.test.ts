import { describe, expect, it } from '@jest/globals';
import { type Answer, Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import { throttled } from './histories.ts';
import {
  answerInstead,
  createMany,
  HOUR,
  pollOn,
  pollUntilFound,
  sorts,
  switchedOn,
  tenValues,
} from './setup.ts';

// Each of these histories broke this method or an earlier one. The next one that breaks it is added here.

const startWithCore = useCore();
const DAY = 24 * HOUR;

const removeSome = (channel: Channel, from: number, to?: number) => {
  for (const person of channel.people.slice(from, to)) channel.remove(person);
};

describe('A bulk import', () => {
  const cases = [1000, 5000, 20_000].flatMap((count) => sorts.map((sort) => ({ count, sort })));

  it.each(cases)(
    'of $count contacts in five seconds, $sort first, delays nothing',
    async ({ count, sort }) => {
      const { channel, zap, driver } = await switchedOn({ sort }, 100);
      createMany(channel, count, 5 / count);
      await zap.poll();
      channel.now += 60;
      const during = channel.create(['TRUE']);
      expect((await zap.poll()).fired).toContain(during.id);
      expect(await pollUntilFound(zap, count / 400 + 1)).toBeLessThanOrEqual(count / 400);
      channel.now += 60;
      const after = channel.create(['TRUE']);
      expect((await zap.poll()).fired).toEqual([after.id]);
      for (const { requests } of await pollOn(zap, 3, 60)) expect(requests).toBe(1);
      expect(Object.values(driver.cache).join('').length).toBeLessThanOrEqual(16_000);
    },
  );

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
    expect(await pollUntilFound(zap, 13)).toBeLessThanOrEqual(12);
  });

  it('during which most of the list is deleted is still found', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 2500, 300);
    await zap.poll();
    removeSome(channel, 0, 1500);
    createMany(channel, 2100, 0.1);
    await pollUntilFound(zap, 16);
  });
});

describe('Busy channels', () => {
  it('show their newest end again if many contacts come while the Zap is switched on', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 400, 0.5);
    const zap = new Zap(channel, withoutCore(channel));
    answerInstead(
      channel,
      (request) => request === 3,
      undefined,
      () => createMany(channel, 30, 0),
    );
    await zap.switchOn();
    expect((await pollOn(zap, 1, 60))[0]?.fired).toHaveLength(30);
  });

  it.each([0, 17, 120])(
    'do not make old contacts new, with created_at %i seconds ahead',
    async (createdAhead) => {
      const channel = new Channel({ createdAhead });
      channel.fill(['TRUE'], 56, 0.01);
      const zap = new Zap(channel, startWithCore(channel));
      answerInstead(
        channel,
        (request) => request === 3,
        undefined,
        () => channel.create(['TRUE']),
      );
      await zap.switchOn();
      await pollOn(zap, 1);
      expect(zap.falselyFired).toEqual([]);
    },
  );
});

describe('An order', () => {
  const cases = [60, 200, 480].flatMap((before) => [10, 40].map((touched) => ({ before, touched })));

  it.each(cases)(
    'by last activity that looked like age in $before hides nothing behind $touched',
    async (counts) => {
      const { channel, zap } = await switchedOn({ sort: 'touched' }, counts.before, 30);
      await zap.poll();
      channel.now += 60;
      const created = channel.create(['TRUE']);
      for (const person of channel.people.slice(5, 5 + counts.touched)) {
        channel.now += 1;
        channel.touch(person);
      }
      expect((await pollOn(zap, 1, 60))[0]?.fired).toEqual([created.id]);
      expect(zap.falselyFired).toEqual([]);
    },
  );

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

  it('that is turned round is noticed, though a page of old contacts looks like nothing new', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 21);
    channel.resort('newest');
    createMany(channel, 1);
    removeSome(channel, 0, 1);
    expect((await zap.poll()).fired).toEqual(['cus_21']);
  });

  /** Sets up 3,001 contacts whose order neither end shows: the first 60 share one second, and the last page has one contact. */
  async function hasUnclearEnds(sort: 'newest' | 'oldest') {
    const channel = new Channel({ sort });
    if (sort === 'newest') channel.fill(['TRUE'], 2941, 1);
    for (let index = 0; index < 60; index += 1) channel.create(['TRUE'], sort === 'oldest' ? DAY : 5);
    if (sort === 'oldest') channel.fill(['TRUE'], 2941, 0.9);
    const driver = withoutCore(channel);
    const zap = new Zap(channel, driver);
    await zap.switchOn();
    channel.now += 60;
    createMany(channel, 8, 0);
    return { driver, zap };
  }

  it.each(sorts)(
    'is judged by all pages in a row: a memory is not needed to fire nothing false, %s first',
    async (sort) => {
      const { driver, zap } = await hasUnclearEnds(sort);
      driver.forget();
      await pollOn(zap, 12);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it.each(sorts)('is judged by all pages in a row: what is new fires at once, %s first', async (sort) => {
    const { zap } = await hasUnclearEnds(sort);
    await pollUntilFound(zap, 1);
  });
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
    answerInstead(channel, (request) => request > 1, throttled);
    expect(await zap.poll()).toMatchObject({ fired: [], requests: 2 });
    channel.beforeAnswer = () => undefined;
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
  });
});

describe('Memory', () => {
  it.each(sorts)(
    'that is lost after the newest 60 of a busy day were deleted fires nothing false, %s first',
    async (sort) => {
      const { channel, zap, driver } = await switchedOn({ sort }, 600, 1);
      removeSome(channel, -60);
      driver.forget();
      await pollOn(zap, 6);
      expect(zap.falselyFired).toEqual([]);
      const [created] = createMany(channel, 1, 60);
      expect((await zap.poll()).fired).toEqual([created?.id]);
    },
  );

  it.each([
    ['a list without order, of which not all was returned,', { sort: 'hash' }, 350, [0, 45]],
    ['a day with more contacts than may be returned', {}, 360, [-45]],
    ['a busy channel', {}, 2000, [0, 0]],
  ] as const)('that is lost of %s fires nothing false', async (_, options, before, [from, to]) => {
    const { channel, zap, driver } = await switchedOn(options, before, 0.5);
    removeSome(channel, from, to);
    driver.forget();
    await pollOn(zap, 12);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost after many contacts came while the Zap was switched on fires nothing false', async () => {
    const channel = new Channel();
    const driver = withoutCore(channel);
    channel.fill(['TRUE'], 41, 0.01);
    const zap = new Zap(channel, driver);
    answerInstead(
      channel,
      (request) => request === 3,
      undefined,
      () => createMany(channel, 11, 0),
    );
    await zap.switchOn();
    driver.forget();
    await pollOn(zap, 2);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost of two values, one with a long list, fires nothing of it that was not returned', async () => {
    const channel = new Channel();
    const driver = withoutCore(channel);
    channel.fill(['TRUE'], 1000, 0.5);
    channel.fill(['FALSE'], 20, 0.5);
    const zap = new Zap(channel, driver, { values: ['TRUE', 'FALSE'] });
    await zap.switchOn();
    driver.forget();
    await pollOn(zap, 12);
    expect(zap.falselyFired).toEqual([]);
  });

  it.each(['newest', 'hash'] as const)(
    'that is lost leaves to the past what had not matched, %s first',
    async (sort) => {
      const { channel, zap, driver } = await switchedOn({ sort }, 900, 0.5);
      const older = channel.create([], 0.3 * DAY);
      driver.forget();
      await zap.poll();
      channel.match(older, 'TRUE');
      const [created] = createMany(channel, 1);
      await pollOn(zap, 6);
      expect(zap.falselyFired).toEqual([]);
      expect([...zap.fired.keys()]).toEqual([created?.id]);
    },
  );

  it('that is not written when a Zap is switched on again does not bring its earlier life back', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 30, { run: startWithCore });
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

  it('that is lost of two values, of which a 429 lets only one be read, fires nothing false', async () => {
    const { channel, zap, driver } = await switchedOn({}, 60, 0.5, { values: ['FALSE', 'TRUE'] });
    driver.forget();
    answerInstead(channel, (request) => request > 1, throttled);
    await pollOn(zap, 1);
    channel.beforeAnswer = () => undefined;
    await pollOn(zap, 6);
    expect(zap.falselyFired).toEqual([]);
  });

  it('outlives a renewed token', async () => {
    const { channel, zap, driver } = await switchedOn({}, 35);
    createMany(channel, 300);
    driver.token = 'renewed';
    await pollUntilFound(zap, 1);
    expect(zap.polls[0]?.fired).toHaveLength(300);
  });
});

/** Sets up a channel with `perDay` new contacts a day, polled every `pause` seconds. Every 16th matches up to a day late. */
async function busyDays(options: Partial<ChannelOptions>, perDay: number, pause: number) {
  const { channel, zap } = await switchedOn(options, 100);
  const late: { person: Person; at: number }[] = [];
  const waits: number[] = [];
  let [next, made] = [channel.now, 0];
  /** Lets time pass until `until`: contacts are created, and the late ones that are due match. */
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
    ['later', 1, 0],
    ['as a check began that takes several polls', 1, 1200],
  ])('%s, loses nothing afterwards', async (_, polls, count) => {
    const channel = new Channel({ dateAhead: polls === 0 ? 2 * DAY : 0 });
    channel.fill(['TRUE'], 35, 30);
    const zap = new Zap(channel, withoutCore(channel));
    await zap.switchOn();
    createMany(channel, count, 10);
    if (count > 0) await pollUntilFound(zap, 4);
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
