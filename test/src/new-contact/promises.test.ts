import { describe, expect, it, jest } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { silence, useCore } from '../../support/zap-through-core.ts';
import { throttled } from './histories.ts';
import {
  answerInstead,
  createMany,
  HOUR,
  pollOn,
  pollUntilFound,
  sentenceOf,
  sorts,
  switchedOn,
  tenValues,
} from './setup.ts';

// Each test is an example of one promise in docs/new-contact.md. The tables there refer to these tests by title.

const startWithCore = useCore();

describe('Nothing lost', () => {
  it.each(sorts)('a new contact fires in the first poll after it exists, once, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 35);
    const created = createMany(channel, 2);
    expect((await zap.poll()).fired.sort()).toEqual(created.map(({ id }) => id));
    expect((await zap.poll()).fired).toEqual([]);
  });

  it('an outage of two days, in which 4,000 contacts come, delays them by ten polls at most', async () => {
    const { channel, zap } = await switchedOn({}, 100);
    createMany(channel, 4000, (48 * HOUR) / 4000);
    expect(await pollUntilFound(zap)).toBeLessThanOrEqual(10);
  });

  it('a contact that is created while the Zap is switched on fires, also in the same second', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 25, 0.5);
    channel.create(['TRUE']);
    const zap = new Zap(channel, withoutCore(channel));
    answerInstead(
      channel,
      (request) => request === 2,
      undefined,
      () => channel.create(['TRUE']),
    );
    expect((await zap.switchOn()).returned).toHaveLength(26);
    expect((await zap.poll()).fired).toEqual(['cus_26']);
  });

  it('and if a deletion hides it in the total', async () => {
    const channel = new Channel({ sort: 'oldest', latency: 2 });
    const [oldest] = [channel.create(['TRUE'], HOUR)];
    channel.fill(['TRUE'], 25, 0.02);
    const zap = new Zap(channel, withoutCore(channel));
    answerInstead(
      channel,
      (request) => request === 2,
      undefined,
      () => {
        channel.remove(oldest);
        channel.create(['TRUE']);
      },
    );
    await zap.switchOn();
    expect((await zap.poll()).fired).toEqual(['cus_26']);
  });

  it.each(sorts)('while meta comes and goes, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 95);
    for (const meta of ['none', 'full', 'none', 'total'] as const) {
      channel.options.meta = meta;
      createMany(channel, 12);
      expect((await zap.poll()).fired).toHaveLength(12);
    }
  });

  it('in a list that is emptied and filled again', async () => {
    const { channel, zap } = await switchedOn({}, 30, 30);
    for (const person of channel.people) channel.remove(person);
    await zap.poll();
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
  });

  it('a poll ends within 25 seconds, and the next one reads on', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest', latency: 2 }, 300);
    await zap.poll();
    createMany(channel, 200);
    const polls = [await zap.poll()];
    expect(zap.missing).not.toEqual([]);
    polls.push(await zap.poll());
    expect(zap.missing).toEqual([]);
    for (const { began, ended } of polls) expect(ended - began).toBeLessThanOrEqual(25);
  });
});

describe('A list', () => {
  it('that turns out not to be sorted by time is read whole', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 60, 30);
    for (const person of channel.people.slice(0, 1)) channel.touch(person);
    channel.create(['TRUE']);
    expect(await zap.poll()).toMatchObject({ fired: ['cus_60'], requests: 7 });
  });

  it('without order, of as many contacts as a poll can read, is read whole by every poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'hash' }, 500);
    for (let poll = 0; poll < 3; poll += 1) {
      for (const person of channel.people.filter(({ gone }) => !gone).slice(0, 1)) channel.remove(person);
      createMany(channel, 1);
      const { fired, requests } = await zap.poll();
      expect({ fired: fired.length, requests }).toEqual({ fired: 1, requests: 50 });
    }
  });

  it('without order, and longer, rests except for its ends while its total stays', async () => {
    const { zap, channel } = await switchedOn({ sort: 'hash' }, 1000);
    expect((await zap.poll()).requests).toBe(2);
    createMany(channel, 10);
    await pollUntilFound(zap, 2);
  });

  it('without meta, and longer, is read in turns', async () => {
    const { channel, zap, on } = await switchedOn({ sort: 'oldest', meta: 'none' }, 995);
    expect(on.requests).toBeLessThanOrEqual(32);
    for (const person of channel.people.slice(0, 260)) channel.remove(person);
    createMany(channel, 3);
    await pollUntilFound(zap, 2);
  });

  it.each([60, 700])('of %i that is sorted again costs no more than a sorted one', async (before) => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, before, 30);
    for (const person of channel.people.slice(0, 1)) channel.touch(person);
    await zap.poll();
    createMany(channel, 30);
    for (const person of channel.people.slice(0, 1)) channel.remove(person);
    for (let poll = 0; poll < 3; poll += 1) await zap.poll();
    createMany(channel, 10);
    expect(await zap.poll()).toMatchObject({ requests: 2 });
    expect(zap.missing).toEqual([]);
  });

  it('of which one contact cannot be read fires the others', async () => {
    const { channel, zap } = await switchedOn({}, 35);
    const [first, damaged, last] = createMany(channel, 3);
    if (damaged) damaged.isDamaged = true;
    expect((await zap.poll()).fired).toEqual([last?.id, first?.id]);
    createMany(channel, 12);
    expect((await zap.poll()).fired).toHaveLength(12);
    await pollOn(zap, 1);
    expect((await zap.poll()).requests).toBe(1);
  });
});

describe('Late matches', () => {
  it.each(sorts)(
    '23.9 hours after the creation, hidden by a deletion, fire within two hours, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 100);
      createMany(channel, 20, 3);
      const late = channel.create([]);
      createMany(channel, 300, 12);
      await pollOn(zap, 91);
      channel.now = late.born + 23.9 * HOUR;
      channel.match(late, 'TRUE');
      for (const person of channel.people.slice(0, 1)) channel.remove(person);
      await pollOn(zap, 8);
      expect(zap.missing).toEqual([]);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it.each(sorts)('hidden among 900 contacts fire when the next hour is over, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 300);
    const late = channel.create([]);
    createMany(channel, 900);
    await pollUntilFound(zap, 2);
    channel.match(late, 'TRUE');
    for (const person of channel.people.slice(0, 1)) channel.remove(person);
    await zap.poll();
    expect(zap.missing).toEqual([late]);
    channel.now += HOUR;
    await pollUntilFound(zap, 2);
    await zap.poll();
    expect((await zap.poll()).requests).toBe(1);
  });
});

describe('Several values', () => {
  it('at four seconds a request, polled every 300 seconds, all get their turn', async () => {
    const channel = new Channel({ latency: 0.1 });
    channel.fill(tenValues, 20, 30);
    const zap = new Zap(channel, withoutCore(channel), { values: tenValues });
    await zap.switchOn();
    channel.options.latency = 4;
    for (const value of tenValues) channel.create([value]);
    for (const { began, ended } of await pollOn(zap, 6, 270)) expect(ended - began).toBeLessThanOrEqual(29);
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('lose no contact of the second in which they are switched on', async () => {
    const channel = new Channel();
    channel.fill(tenValues, 20, 30);
    const zap = new Zap(channel, startWithCore(channel), { values: tenValues });
    answerInstead(
      channel,
      (request) => request === 2,
      undefined,
      () => {
        for (const value of tenValues) channel.create([value]);
      },
    );
    await zap.switchOn();
    channel.beforeAnswer = () => undefined;
    await pollOn(zap, 1, 60);
    expect(zap.missing).toEqual([]);
  });

  it('are at least one and at most ten', async () => {
    const channel = new Channel();
    const zap = new Zap(channel, withoutCore(channel), { values: [...tenValues, 'one more'] });
    expect(sentenceOf(await zap.poll())).toBe(
      'The Field Values field has 11 values. Watch at most 10 in one Zap.',
    );
    expect(channel.requests).toBe(0);
  });
});

describe('A poll that fails', () => {
  it('says why, and the next one finds what it missed', async () => {
    const { channel, zap } = await switchedOn({}, 12, 300, { run: startWithCore });
    createMany(channel, 3);
    const limit = new AbortController();
    const patience = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    channel.beforeAnswer = () => {
      limit.abort();
      return silence;
    };
    expect(sentenceOf(await zap.poll())).toBe(
      'app.bony.chat did not finish answering within 10 seconds. Trying again is safe.',
    );
    patience.mockRestore();
    channel.beforeAnswer = () => undefined;
    expect((await zap.poll()).fired).toHaveLength(3);
  });

  it('with 429 tells Zapier to wait if nothing could be done', async () => {
    const { channel, zap } = await switchedOn({}, 100);
    createMany(channel, 100);
    channel.beforeAnswer = () => throttled;
    expect(readFailure((await zap.poll()).error).kind).toBe('ThrottledError');
    answerInstead(channel, (request) => request > 1, throttled);
    expect((await zap.poll()).fired).toHaveLength(10);
    answerInstead(channel, (request) => request > 1, throttled);
    expect(readFailure((await zap.poll()).error).kind).toBe('ThrottledError');
  });

  it.each(sorts)('with 429 in the middle of a burst keeps what was read, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 100);
    createMany(channel, 600, 0.1);
    for (let polls = 0; polls < 10 && zap.missing.length > 0; polls += 1) {
      answerInstead(channel, (request) => request > 10, throttled);
      const [poll] = await pollOn(zap, 1, 300);
      expect(poll?.error).toBeUndefined();
      expect(poll?.fired.length).toBeGreaterThan(0);
    }
    expect(zap.missing).toEqual([]);
  });

  it.each(['newest', 'hash'] as const)(
    'with 429 before the second of two values begins the next with that one, %s first',
    async (sort) => {
      const values = ['FALSE', 'TRUE'];
      const { channel, zap } = await switchedOn({ sort }, 60, 300, { values });
      for (const value of values) createMany(channel, 5, 12, value);
      answerInstead(channel, (request) => request > 1, throttled);
      await zap.poll();
      channel.beforeAnswer = () => undefined;
      await pollOn(zap, 1, 300);
      expect(zap.missing).toEqual([]);
    },
  );
});

describe('Switching on', () => {
  it('returns the contacts of the day before, and at most 32 pages', async () => {
    expect((await switchedOn({}, 3000, 300)).on).toMatchObject({ requests: 3 });
    expect((await switchedOn({}, 3000, 1)).on).toMatchObject({ requests: 32 });
  });

  it.each([
    [
      { latency: 1.1 },
      false,
      'The platform answered too slowly to switch this Zap on: only 22 pages of contacts could be read in 25 seconds.',
    ],
    [{ latency: 0.05 }, true, 'app.bony.chat received too many requests'],
  ])('is refused if it is cut by time or by a 429: %j', async (options, isThrottled, sentence) => {
    const channel = new Channel(options);
    channel.fill(['TRUE'], 600, 1);
    const zap = new Zap(channel, withoutCore(channel));
    if (isThrottled) channel.beforeAnswer = (request) => (request > 1 ? throttled : undefined);
    expect(sentenceOf(await zap.switchOn())).toContain(sentence);
  });

  it.each(['all', 'frozen'] as const)(
    'is refused if its memory can be neither written nor deleted: %s',
    async (fault) => {
      const channel = new Channel();
      const driver = withoutCore(channel);
      driver.fail(fault);
      expect(sentenceOf(await new Zap(channel, driver).switchOn())).toBe(
        'Zapier could not save what this Zap has to remember. Switch the Zap on again in a few minutes.',
      );
    },
  );
});

describe('Memory', () => {
  it.each(['reads', 'state', 'start'] as const)(
    'that cannot be read (%s) fails the poll, fires nothing false and loses nothing',
    async (fault) => {
      const { channel, zap, driver } = await switchedOn({}, 20, 30);
      const early = channel.create([], HOUR);
      createMany(channel, 300);
      if (fault === 'start') driver.forget((key) => !key.endsWith(':since'));
      driver.fail(fault);
      expect(sentenceOf(await zap.poll())).toBe(
        'Zapier could not read what this Zap remembers, so this check was left out. The next one catches up.',
      );
      driver.fail('nothing');
      channel.match(early, 'TRUE');
      await pollUntilFound(zap, 2);
    },
  );

  it('that is not written costs requests, and loses nothing', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 30, { run: startWithCore });
    const old = channel.create([], 2 * HOUR);
    driver.fail('writes');
    for (let polls = 0; polls < 20; polls += 1) {
      createMany(channel, 7, 8);
      await pollOn(zap, 1, 240);
      expect(zap.missing).toEqual([]);
    }
    channel.match(old, 'TRUE');
    await pollOn(zap, 1, HOUR);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost before every poll leaves the newest 240 contacts of a day', async () => {
    const { channel, zap, driver } = await switchedOn({ sort: 'oldest' }, 500, 30);
    for (let poll = 0; poll < 5; poll += 1) {
      createMany(channel, 40);
      driver.forget();
      expect((await zap.poll()).error).toBeUndefined();
    }
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it.each([
    [200, 1],
    [900, 0],
  ])(
    'that is lost of an unsorted list of %i is made up for only if all of it was seen',
    async (before, found) => {
      const { channel, zap, driver } = await switchedOn({ sort: 'hash' }, before, 0.5);
      createMany(channel, 1);
      driver.forget();
      expect((await zap.poll()).fired).toHaveLength(found);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it('in a form that is not ours is taken as lost', async () => {
    const { channel, zap, driver } = await switchedOn({}, 20, 30);
    for (const key of Object.keys(driver.cache)) driver.cache[key] = '{"v":2}';
    createMany(channel, 2);
    expect((await zap.poll()).fired).toHaveLength(2);
  });

  it('names no token, host or contact', async () => {
    const { channel, zap, driver } = await switchedOn({}, 20);
    channel.create(['TRUE']);
    await zap.poll();
    expect(JSON.stringify(driver.cache)).not.toMatch(/cus_|token|bony|TRUE/);
  });

  it('is written before the poll ends, and only if it changed', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 300, { run: startWithCore });
    const writes: string[] = [];
    driver.onWrite = (key) => writes.push(key);
    await pollOn(zap, 5, 60);
    expect(writes).toEqual([]);
    channel.create(['TRUE']);
    await zap.poll();
    expect(writes).toHaveLength(2);
  });
});

describe('Clocks', () => {
  it.each([120, 45, -45, -120])(
    'created_at that is %i seconds ahead of the server fires nothing false, and loses nothing later',
    async (createdAhead) => {
      const channel = new Channel({ createdAhead });
      channel.fill(['TRUE'], 100, 30);
      const hidden = [3, 30, 100].map((ago) => channel.create([], ago));
      for (const ago of [20, 1]) channel.create(['TRUE'], ago);
      const zap = new Zap(channel, startWithCore(channel));
      await zap.switchOn();
      channel.now += 120;
      const created = createMany(channel, 25, 4);
      await pollOn(zap, 1, 100);
      for (const person of hidden) channel.match(person, 'TRUE');
      await pollOn(zap, 2, HOUR);
      expect(zap.falselyFired).toEqual([]);
      for (const { id } of created) expect(zap.fired.has(id)).toBe(true);
    },
  );

  it('that are ahead for one of several values are so for all', async () => {
    const channel = new Channel({ createdAhead: 45 });
    const zap = new Zap(channel, withoutCore(channel), { values: ['TRUE', 'FALSE'] });
    const early = channel.create([], 30);
    channel.create(['TRUE']);
    channel.now += 1;
    await zap.switchOn();
    channel.match(early, 'FALSE');
    await pollOn(zap, 1, 60);
    expect(zap.falselyFired).toEqual([]);
  });
});

describe('A program that runs the step', () => {
  const inputData = { field_name: 'zap', field_values: 'TRUE' };
  const zap = { id: '1', user: { timezone: 'UTC' } };

  it.each([
    ['and does not say what for gets what is there', 300, {}, 8],
    ['gets what the server dates later than its own clock, too', -300, {}, 8],
    ['and names the Zap gets an ordinary poll', 300, { zap }, 0],
  ])('%s', async (_, days, meta, found) => {
    const channel = new Channel();
    const { perform, cache } = withoutCore(channel);
    channel.fill(['TRUE'], 8, days);
    expect(await perform({ inputData, meta })).toHaveLength(found);
    if (found > 0) expect(cache).toEqual({});
  });
});
