import { describe, expect, it } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { type Answer, Channel, type ChannelOptions } from '../../support/channel-model.ts';
import { type Start, withoutCore, Zap } from '../../support/zap-model.ts';
import { useCore } from '../../support/zap-through-core.ts';
import { throttled } from './examples.ts';

// What the platform's cache and errors do goes through its core; the rest without it, which is faster.
const startWithCore = useCore();

const HOUR = 3600;
const sorts = ['newest', 'oldest'] as const;

/** A Zap on a channel with contacts from before, spread over `days`, that has been polled once. */
async function switchedOn(
  options: Partial<ChannelOptions>,
  before = 100,
  days = 300,
  values = ['TRUE'],
  run: Start = withoutCore,
) {
  const channel = new Channel(options);
  const driver = run(channel);
  channel.fill(values, before, days);
  const zap = new Zap(channel, driver, { values });
  await zap.switchOn();
  channel.now += 60;
  await zap.poll();
  return { channel, zap, driver };
}

function createMany(channel: Channel, count: number, seconds: number, value = 'TRUE') {
  return Array.from({ length: count }, () => {
    channel.now += seconds / count;
    return channel.create([value]);
  });
}

/** Polls every five minutes until nothing is missing, and gives the number of polls. */
async function pollUntilDone(channel: Channel, zap: Zap, most: number): Promise<number> {
  let polls = 0;
  while (zap.missing.length > 0 && polls < most) {
    channel.now += 300;
    const { error } = await zap.poll();
    expect(error).toBeUndefined();
    polls += 1;
  }
  expect(zap.missing).toEqual([]);
  expect(zap.falselyFired).toEqual([]);
  return polls;
}

describe('A bulk import', () => {
  const cases = [1000, 5000, 20_000].flatMap((count) => sorts.map((sort) => ({ count, sort })));

  it.each(cases)(
    'of $count contacts in five seconds, $sort first, delays nothing',
    async ({ count, sort }) => {
      const { channel, zap, driver } = await switchedOn({ sort });
      createMany(channel, count, 5);
      await zap.poll();
      channel.now += 60;
      const during = channel.create(['TRUE']);
      expect((await zap.poll()).fired).toContain(during.id);
      expect(await pollUntilDone(channel, zap, count / 400 + 1)).toBeLessThanOrEqual(count / 400);
      channel.now += 60;
      const after = channel.create(['TRUE']);
      expect((await zap.poll()).fired).toEqual([after.id]);
      for (let idle = 0; idle < 3; idle += 1) {
        channel.now += 60;
        expect((await zap.poll()).requests).toBe(1);
      }
      expect(Object.values(driver.cache).join('').length).toBeLessThanOrEqual(16_000);
    },
  );

  it.each(sorts)('whose ties are sorted by chance delays nothing, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort, ties: 'hash' });
    createMany(channel, 1000, 5);
    await pollUntilDone(channel, zap, 4);
    channel.now += 60;
    const after = channel.create(['TRUE']);
    expect((await zap.poll()).fired).toEqual([after.id]);
    channel.now += 60;
    expect((await zap.poll()).requests).toBe(1);
  });
});

describe('The API that allows no more requests', () => {
  it.each(sorts)('in the middle of a burst, %s first, keeps what was read from nothing', async (sort) => {
    const { channel, zap } = await switchedOn({ sort });
    createMany(channel, 600, 60);
    for (let polls = 0; polls < 10 && zap.missing.length > 0; polls += 1) {
      const first = channel.requests;
      channel.beforeAnswer = (request) => (request - first > 10 ? throttled : undefined);
      const { fired, error } = await zap.poll();
      expect(error).toBeUndefined();
      expect(fired.length).toBeGreaterThan(0);
      channel.now += 300;
    }
    expect(zap.missing).toEqual([]);
  });

  it.each(['newest', 'hash'] as const)(
    'before the second of two values was read, %s first, reads that one first in the next poll',
    async (sort) => {
      const values = ['FALSE', 'TRUE'];
      const { channel, zap } = await switchedOn({ sort }, 60, 300, values);
      const created = values.flatMap((value) => createMany(channel, 5, 60, value));
      const first = channel.requests;
      channel.beforeAnswer = (request) => (request - first > 1 ? throttled : undefined);
      await zap.poll();
      channel.beforeAnswer = () => undefined;
      channel.now += 300;
      await zap.poll();
      for (const { id } of created) expect(zap.fired.has(id)).toBe(true);
    },
  );

  it('is told to Zapier where nothing could be done', async () => {
    const { channel, zap } = await switchedOn({});
    createMany(channel, 100, 60);
    channel.beforeAnswer = () => throttled;
    expect(readFailure((await zap.poll()).error).kind).toBe('ThrottledError');
    channel.beforeAnswer = (request) => (request > first ? throttled : undefined);
    let first = channel.requests + 1;
    expect((await zap.poll()).fired).toHaveLength(10);
    first = channel.requests + 1;
    expect(readFailure((await zap.poll()).error).kind).toBe('ThrottledError');
  });

  it('lets three Zaps through bursts of 500 each, with 60 of its 100 requests a minute used by others', async () => {
    const channel = new Channel();
    const driver = startWithCore(channel);
    const zaps = ['a', 'b', 'c'].map((value) => new Zap(channel, driver, { values: [value], id: value }));
    channel.fill(['a', 'b', 'c'], 100, 300);
    for (const zap of zaps) await zap.switchOn();
    channel.now += 120;
    let [minute, used] = [0, 0];
    channel.beforeAnswer = () => {
      const now = Math.floor(channel.now / 60);
      [minute, used] = now === minute ? [minute, used + 1] : [now, 1];
      return used > 40 ? throttled : undefined;
    };
    for (const value of ['a', 'b', 'c']) createMany(channel, 500, 60, value);
    for (let round = 0; round < 10; round += 1) {
      for (const zap of zaps) await zap.poll();
      channel.now += 300;
    }
    for (const { fired } of zaps) expect(fired.size).toBe(500);
  });
});

describe('A list sorted by last activity that looked sorted by age', () => {
  const cases = [60, 200, 480].flatMap((before) => [10, 40].map((touched) => ({ before, touched })));

  it.each(cases)(
    'of $before is looked through for what $touched old ones hide',
    async ({ before, touched }) => {
      const { channel, zap } = await switchedOn({ sort: 'touched' }, before, 30);
      channel.now += 60;
      const created = channel.create(['TRUE']);
      for (const person of channel.people.slice(5, 5 + touched)) {
        channel.now += 1;
        channel.touch(person);
      }
      channel.now += 60;
      expect((await zap.poll()).fired).toEqual([created.id]);
      expect(zap.falselyFired).toEqual([]);
    },
  );
});

describe('A contact that starts to match later', () => {
  it.each(sorts)('23.9 hours after its creation, hidden by a deletion, fires, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort });
    createMany(channel, 20, 60);
    const late = channel.create([]);
    createMany(channel, 300, HOUR);
    for (let quarter = 0; quarter < 91; quarter += 1) {
      channel.now += 900;
      await zap.poll();
    }
    channel.now = late.born + 23.9 * HOUR;
    channel.match(late, 'TRUE');
    const [oldest] = channel.people;
    if (oldest) channel.remove(oldest);
    for (let quarter = 0; quarter < 8; quarter += 1) {
      channel.now += 900;
      await zap.poll();
    }
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it.each(sorts)('in an outage of 49 hours fires at the first polls after it, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort });
    const early = channel.create([]);
    createMany(channel, 300, 10 * HOUR);
    await zap.poll();
    channel.now += HOUR;
    const inside = channel.create([]);
    createMany(channel, 300, 30 * HOUR);
    channel.match(early, 'TRUE');
    channel.match(inside, 'TRUE');
    // Deletions hide both in the count.
    for (const person of channel.people.slice(0, 2)) channel.remove(person);
    channel.now += 19 * HOUR;
    await pollUntilDone(channel, zap, 3);
  });
});

describe('Two Zaps that the platform does not tell apart', () => {
  it('fire nothing false', async () => {
    const channel = new Channel();
    const driver = startWithCore(channel);
    channel.fill(['TRUE'], 100, 30);
    const hidden = channel.create([]);
    channel.now += 60;
    const first = new Zap(channel, driver, { id: null });
    const second = new Zap(channel, driver, { id: null });
    await first.switchOn();
    const between = channel.create([]);
    createMany(channel, 400, HOUR);
    await first.poll();
    channel.now += 60;
    await second.switchOn();
    channel.match(hidden, 'TRUE');
    channel.match(between, 'TRUE');
    const after = createMany(channel, 5, 60);
    for (let polls = 0; polls < 4; polls += 1) {
      channel.now += 900;
      await first.poll();
      await second.poll();
    }
    expect(first.falselyFired).toEqual([]);
    expect(second.falselyFired).toEqual([]);
    for (const { id } of after) expect([first.fired.has(id), second.fired.has(id)]).toEqual([true, true]);
  });
});

describe('Everything forgotten', () => {
  it.each(sorts)(
    'after the newest 60 of a busy day were deleted fires nothing false, %s first',
    async (sort) => {
      const { channel, zap, driver } = await switchedOn({ sort }, 600, 1);
      for (const person of channel.people.slice(-60)) channel.remove(person);
      for (const key of Object.keys(driver.cache)) delete driver.cache[key];
      for (let polls = 0; polls < 6; polls += 1) {
        channel.now += 900;
        await zap.poll();
      }
      expect(zap.falselyFired).toEqual([]);
      const [created] = createMany(channel, 1, 60);
      expect((await zap.poll()).fired).toEqual([created?.id]);
    },
  );

  it('leaves to the past what was not matched when it happened', async () => {
    const { channel, zap, driver } = await switchedOn({}, 600, 1);
    const middle = channel.people[300];
    const hidden = channel.create([], 0.6 * 24 * HOUR);
    expect(hidden.at).toBeLessThan(middle?.at ?? 0);
    for (const key of Object.keys(driver.cache)) delete driver.cache[key];
    await zap.poll();
    channel.now += 60;
    channel.match(hidden, 'TRUE');
    for (let polls = 0; polls < 6; polls += 1) {
      channel.now += 900;
      await zap.poll();
    }
    expect(zap.falselyFired).toEqual([]);
  });
});

describe('A clock of created_at', () => {
  it.each([120, 45, -45, -120])(
    'that is %i seconds ahead of the server fires nothing false',
    async (createdAhead) => {
      const channel = new Channel({ createdAhead });
      channel.fill(['TRUE'], 100, 30);
      const hidden = [3, 30, 100].map((ago) => channel.create([], ago));
      channel.create(['TRUE'], 20);
      channel.create(['TRUE'], 1);
      const zap = new Zap(channel, startWithCore(channel));
      await zap.switchOn();
      channel.now += 120;
      const created = createMany(channel, 25, 100);
      channel.now += 100;
      await zap.poll();
      for (const person of hidden) channel.match(person, 'TRUE');
      channel.now += 300;
      await zap.poll();
      channel.now += HOUR;
      await zap.poll();
      expect(zap.falselyFired).toEqual([]);
      for (const { id } of created) expect(zap.fired.has(id)).toBe(true);
    },
  );
});

describe('A contact that comes while a Zap is switched on', () => {
  it.each([0, 17, 120])(
    'does not make old ones new, with created_at %i seconds ahead',
    async (createdAhead) => {
      const channel = new Channel({ createdAhead });
      channel.fill(['TRUE'], 56, 0.01);
      const zap = new Zap(channel, startWithCore(channel));
      channel.beforeAnswer = (request) => {
        if (request === 3) channel.create(['TRUE']);
        return undefined;
      };
      await zap.switchOn();
      channel.now += 900;
      await zap.poll();
      expect(zap.falselyFired).toEqual([]);
    },
  );
});

describe('A cache that refuses to be written', () => {
  it.each(['writes', 'all'] as const)(
    'or fails (%s) for many polls loses nothing and fires nothing false',
    async (what) => {
      const { channel, zap, driver } = await switchedOn({}, 100, 30, ['TRUE'], startWithCore);
      const old = channel.create([], 2 * HOUR);
      for (let polls = 0; polls < 20; polls += 1) {
        driver.fail(what);
        createMany(channel, 7, 60);
        channel.now += 240;
        await zap.poll();
        driver.fail('nothing');
      }
      channel.match(old, 'TRUE');
      await pollUntilDone(channel, zap, 2);
      channel.now += HOUR;
      await zap.poll();
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it('while a Zap is switched on again does not bring its earlier life back', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 30, ['TRUE'], startWithCore);
    const between = channel.create([]);
    await zap.poll();
    channel.now += HOUR;
    const again = new Zap(channel, driver);
    driver.fail('writes');
    await again.switchOn();
    driver.fail('nothing');
    await again.poll();
    channel.match(between, 'TRUE');
    channel.now += 900;
    createMany(channel, 3, 60);
    await again.poll();
    expect(again.missing).toEqual([]);
  });

  it('is not written where nothing changed', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 300, ['TRUE'], startWithCore);
    const before = JSON.stringify(driver.cache);
    const writes: string[] = [];
    driver.onWrite = (key) => writes.push(key);
    for (let polls = 0; polls < 5; polls += 1) {
      channel.now += 60;
      await zap.poll();
    }
    expect(writes).toEqual([]);
    expect(JSON.stringify(driver.cache)).toBe(before);
    channel.create(['TRUE']);
    await zap.poll();
    expect(writes).not.toEqual([]);
  });
});

describe('Ten values', () => {
  const values = Array.from({ length: 10 }, (_, index) => `value ${index}`);

  it('at four seconds a request, polled every 300 seconds, all get their turn', async () => {
    const { channel, zap } = await switchedOn({ latency: 4 }, 20, 30, values);
    let next = channel.now;
    for (const value of values) channel.create([value]);
    for (let polls = 0; polls < 5; polls += 1) {
      next += 300;
      channel.now = next;
      const { began, ended } = await zap.poll();
      expect(ended - began).toBeLessThanOrEqual(29);
    }
    expect(zap.missing).toEqual([]);
  });

  it('lose no contact of the second in which they are switched on', async () => {
    const channel = new Channel({ latency: 0.05 });
    channel.fill(values, 20, 30);
    const zap = new Zap(channel, startWithCore(channel), { values });
    channel.beforeAnswer = (request) => {
      if (request === 2) for (const value of values) channel.create([value]);
      return undefined;
    };
    await zap.switchOn();
    channel.beforeAnswer = () => undefined;
    channel.now += 60;
    await zap.poll();
    expect(zap.missing).toEqual([]);
  });

  it('without order, six at four seconds a request, each get a turn to be read whole', async () => {
    const six = values.slice(0, 6);
    const { channel, zap } = await switchedOn({ sort: 'hash', latency: 4 }, 0, 30, six);
    for (const value of six) for (let index = 0; index < 40; index += 1) channel.create([value]);
    for (let polls = 0; polls < 6; polls += 1) {
      channel.now += 300;
      await zap.poll();
    }
    expect(zap.missing).toEqual([]);
  });
});

describe('An odd list', () => {
  const cases = [1, 7, 25, 50, 100].flatMap((size) => sorts.map((sort) => ({ size, sort })));

  it.each(cases)('with pages of $size, $sort first, loses nothing', async ({ size, sort }) => {
    const { channel, zap } = await switchedOn({ size, sort }, 33, 30);
    for (const count of [1, 12, 40]) {
      createMany(channel, count, 60);
      channel.now += 60;
      expect((await zap.poll()).fired).toHaveLength(count);
      expect((await zap.poll()).requests).toBe(1);
    }
  });

  it.each(sorts)('whose ties change places loses nothing, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort });
    for (let polls = 0; polls < 5; polls += 1) {
      createMany(channel, 35, 0);
      channel.options.ties = polls % 2 ? 'sequence' : 'hash';
      channel.resort(sort);
      channel.now += 60;
      await zap.poll();
    }
    await pollUntilDone(channel, zap, 1);
  });

  it.each(sorts)('that serves the same page twice loses nothing, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort });
    createMany(channel, 55, 60);
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
    await pollUntilDone(channel, zap, 1);
  });
});
