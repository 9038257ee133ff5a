import { describe, expect, it, jest } from '@jest/globals';
import { Channel, type ChannelOptions } from '../../../tools/simulation/channel.ts';
import { runWithoutCore } from '../../../tools/simulation/without-core.ts';
import { Zap } from '../../../tools/simulation/zap.ts';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { silence, useCore } from './core.ts';

// The random histories and costs run through the platform's core too. Mutation testing runs these examples for each fault.
const start = runWithoutCore;
const startWithCore = useCore();

const HOUR = 3600;

/** A Zap on a channel with contacts from before, spread over `days`. */
async function switchedOn(options: Partial<ChannelOptions>, before = 0, days = 300, run = start) {
  const channel = new Channel(options);
  const driver = run(channel);
  channel.fill(['TRUE'], before, days);
  const zap = new Zap(channel, driver.perform);
  const on = await zap.switchOn();
  channel.now += 60;
  return { channel, zap, on, driver };
}

function createMany(channel: Channel, count: number, apart = 1) {
  for (let index = 0; index < count; index += 1) {
    channel.now += apart;
    channel.create(['TRUE']);
  }
}

const forget = (cache: Record<string, string>) => {
  for (const key of Object.keys(cache)) delete cache[key];
};

describe('A Zap that is switched on', () => {
  it('leaves to the next poll what is created while it reads, also in the same second', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 25, 0.5);
    channel.create(['TRUE']);
    const zap = new Zap(channel, start(channel).perform);
    channel.beforeAnswer = (request) => {
      if (request === 2) channel.create(['TRUE']);
      return undefined;
    };
    const { returned } = await zap.switchOn();
    expect(returned).toHaveLength(26);
    expect((await zap.poll()).fired).toEqual(['cus_26']);
  });

  it('fires what is created while it reads, though the total hides it', async () => {
    const channel = new Channel({ sort: 'oldest', latency: 2 });
    channel.fill(['TRUE'], 25, 0.5);
    const zap = new Zap(channel, start(channel).perform);
    channel.beforeAnswer = (request) => {
      const [oldest] = channel.people;
      if (request === 2 && oldest) {
        channel.remove(oldest);
        channel.create(['TRUE']);
      }
      return undefined;
    };
    await zap.switchOn();
    expect((await zap.poll()).fired).toEqual(['cus_25']);
  });

  it('needs a field and between one and ten values', async () => {
    const channel = new Channel();
    const { perform } = start(channel);
    const values = Array.from({ length: 11 }, (_, index) => `value ${index}`);
    const { error } = await new Zap(channel, perform, values).poll();
    expect(readFailure(error).sentence).toBe(
      'The Field Values field has 11 values. Watch at most 10 in one Zap.',
    );
    expect(channel.requests).toBe(0);
  });
});

describe('A list', () => {
  it.each(['newest', 'oldest'] as const)(
    'loses nothing while meta comes and goes, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 95);
      for (const meta of ['none', 'full', 'none', 'total'] as const) {
        channel.options.meta = meta;
        createMany(channel, 12);
        expect((await zap.poll()).fired).toHaveLength(12);
      }
    },
  );

  it('of a slow API is read for 25 seconds, and then further at the next poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest', latency: 2 }, 300);
    await zap.poll();
    createMany(channel, 200);
    const polls = [await zap.poll()];
    expect(zap.missing).not.toEqual([]);
    polls.push(await zap.poll());
    expect(zap.missing).toEqual([]);
    for (const { began, ended } of polls) expect(ended - began).toBeLessThanOrEqual(25);
  });

  it('of one time only is read whole until its order shows', async () => {
    const { channel, zap } = await switchedOn({});
    for (let index = 0; index < 30; index += 1) channel.create(['TRUE']);
    expect((await zap.poll()).fired).toHaveLength(30);
    channel.now += 60;
    expect((await zap.poll()).requests).toBe(3);
    createMany(channel, 10, 10);
    expect((await zap.poll()).fired).toHaveLength(10);
    expect((await zap.poll()).requests).toBe(1);
  });

  it('that turns out not to be sorted by time is read whole', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 60, 30);
    const [first] = channel.people;
    if (first) channel.touch(first);
    channel.create(['TRUE']);
    expect(await zap.poll()).toMatchObject({ fired: ['cus_60'], requests: 7 });
  });

  it.each([{ total: '' }, { total: -1 }, { per_page: '' }, { per_page: 0 }])(
    'whose meta says %j is read as if it did not',
    async (said) => {
      const { channel, zap } = await switchedOn({}, 12);
      const answer = channel.answer.bind(channel);
      channel.answer = (value, page) => {
        const given = answer(value, page);
        const { data, meta } = JSON.parse(given.body);
        return { ...given, body: JSON.stringify({ data, meta: { ...meta, ...said } }) };
      };
      createMany(channel, 1);
      expect(await zap.poll()).toMatchObject({ fired: ['cus_12'] });
    },
  );

  it('whose answer does not come is read at the next poll', async () => {
    const { channel, zap } = await switchedOn({}, 12, 300, startWithCore);
    createMany(channel, 3);
    const seconds = AbortSignal.timeout;
    const patience = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => seconds(20));
    channel.beforeAnswer = () => silence;
    const { error } = await zap.poll();
    expect(readFailure(error).sentence).toBe(
      'app.bony.chat did not finish answering within 10 seconds. Trying again is safe.',
    );
    patience.mockRestore();
    channel.beforeAnswer = () => undefined;
    expect((await zap.poll()).fired).toHaveLength(3);
  });

  it('whose neighbours stand in the wrong order by seconds counts as sorted', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 40, 30);
    for (let index = 0; index < 40; index += 1) {
      channel.now += 1;
      const person = channel.create([], (index * 7) % 5);
      channel.touch(person);
      channel.match(person, 'TRUE');
    }
    expect((await zap.poll()).fired).toHaveLength(40);
    expect((await zap.poll()).requests).toBe(1);
  });

  it('that is turned round is noticed, though a page of old contacts looks like nothing new', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 21);
    channel.resort('newest');
    createMany(channel, 1);
    const [oldest] = channel.people;
    if (oldest) channel.remove(oldest);
    expect((await zap.poll()).fired).toEqual(['cus_21']);
  });

  it('that is emptied and filled again fires what is new', async () => {
    const { channel, zap } = await switchedOn({}, 30, 30);
    for (const person of channel.people) channel.remove(person);
    await zap.poll();
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
  });
});

describe('Memory', () => {
  it('that fails while a Zap is switched on costs nothing but requests', async () => {
    const channel = new Channel();
    const driver = start(channel);
    channel.fill(['TRUE'], 20, 30);
    const zap = new Zap(channel, driver.perform);
    driver.fail('all');
    expect((await zap.switchOn()).error).toBeUndefined();
    driver.fail('nothing');
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that cannot be read is not overwritten, so that an old contact stays silent', async () => {
    const { channel, zap, driver } = await switchedOn({}, 20, 30);
    const early = channel.create([], HOUR);
    driver.fail('reads');
    await zap.poll();
    driver.fail('nothing');
    channel.match(early, 'TRUE');
    await zap.poll();
    expect(zap.falselyFired).toEqual([]);
  });

  it.each([
    [200, 1],
    [900, 0],
  ])(
    'that is lost on an unsorted list of %i is made up for only where all of it was seen',
    async (before, found) => {
      const { channel, zap, driver } = await switchedOn({ sort: 'hash' }, before, 0.5);
      createMany(channel, 1);
      forget(driver.cache);
      expect((await zap.poll()).fired).toHaveLength(found);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it.each(['state', 'start'] as const)('of which the %s cannot be read is not overwritten', async (what) => {
    const { channel, zap, driver } = await switchedOn({}, 20, 30);
    createMany(channel, 3);
    await zap.poll();
    if (what === 'start') {
      for (const key of Object.keys(driver.cache)) if (!key.endsWith(':since')) delete driver.cache[key];
    }
    const before = { ...driver.cache };
    createMany(channel, 2);
    driver.fail(what);
    expect((await zap.poll()).fired).toHaveLength(2);
    expect(driver.cache).toEqual(before);
  });

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
});

describe('A run of a program that does not say what for', () => {
  const inputData = { field_name: 'subscribed', field_values: 'TRUE' };

  it('returns what is there, and remembers nothing', async () => {
    const channel = new Channel();
    const { perform, cache } = start(channel);
    channel.fill(['TRUE'], 8, 300);
    for (let run = 0; run < 2; run += 1) expect(await perform({ inputData, meta: {} })).toHaveLength(8);
    expect(cache).toEqual({});
  });

  it('returns what the server dates later than its own clock, too', async () => {
    const channel = new Channel();
    const { perform } = start(channel);
    channel.fill(['TRUE'], 2, -300);
    expect(await perform({ inputData, meta: {} })).toHaveLength(2);
  });

  it('is an ordinary poll where the Zap is named', async () => {
    const channel = new Channel();
    const { perform } = start(channel);
    channel.fill(['TRUE'], 8, 300);
    const zap = { id: '1', user: { timezone: 'UTC' } };
    expect(await perform({ inputData, meta: { zap } })).toEqual([]);
  });
});

describe('A sample', () => {
  it.each(['full', 'total', 'none'] as const)(
    'holds the newest contacts of the first and last page, meta: %s',
    async (meta) => {
      const { zap } = await switchedOn({ sort: 'oldest', meta }, 25);
      const { returned, requests } = await zap.sample();
      expect({ requests, returned }).toEqual(
        meta === 'none'
          ? { requests: 1, returned: ['cus_9', 'cus_8', 'cus_7'] }
          : { requests: 2, returned: ['cus_24', 'cus_23', 'cus_22'] },
      );
    },
  );

  it('of an empty channel is empty', async () => {
    const { zap } = await switchedOn({});
    expect(await zap.sample()).toMatchObject({ returned: [], requests: 1 });
  });
});

// They take longer than those above, which find most faults first.
describe('A Zap that is switched on in a busy channel', () => {
  it('finds the newest end again when many contacts come while it reads', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 400, 0.5);
    const zap = new Zap(channel, start(channel).perform);
    channel.beforeAnswer = (request) => {
      if (request === 3) createMany(channel, 30, 0);
      return undefined;
    };
    await zap.switchOn();
    channel.now += 60;
    expect((await zap.poll()).fired).toHaveLength(30);
  });

  it('returns what was created within the day before, and at most 32 pages', async () => {
    expect((await switchedOn({}, 3000, 300)).on).toMatchObject({ requests: 3 });
    expect((await switchedOn({}, 3000, 1)).on).toMatchObject({ requests: 32 });
  });
});

describe('A long list', () => {
  it.each(['newest', 'oldest'] as const)(
    'of which most was deleted during a burst is still walked, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 2500, 300);
      await zap.poll();
      for (const person of channel.people.slice(0, 1500)) channel.remove(person);
      createMany(channel, 2100, 0.1);
      for (let poll = 0; poll < 16; poll += 1) await zap.poll();
      expect(zap.missing).toEqual([]);
    },
  );

  it('without meta is read in turns', async () => {
    const { channel, zap, on } = await switchedOn({ sort: 'oldest', meta: 'none' }, 995);
    expect(on.requests).toBeLessThanOrEqual(32);
    for (const person of channel.people.slice(0, 260)) channel.remove(person);
    createMany(channel, 3);
    await zap.poll();
    await zap.poll();
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is sorted again is walked again, short or long', async () => {
    for (const before of [60, 700]) {
      const { channel, zap } = await switchedOn({ sort: 'touched' }, before, 30);
      const [first] = channel.people;
      if (first) channel.touch(first);
      await zap.poll();
      createMany(channel, 30);
      if (first) channel.remove(first);
      for (let poll = 0; poll < 3; poll += 1) await zap.poll();
      expect(zap.missing).toEqual([]);
      createMany(channel, 10);
      expect(await zap.poll()).toMatchObject({ requests: 2 });
      expect(zap.missing).toEqual([]);
    }
  });

  it('that is sorted at its ends alone is not believed', async () => {
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

  it.each(['newest', 'oldest'] as const)(
    'of more than a poll can re-read is re-read over several, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 300);
      const hidden = channel.create([]);
      createMany(channel, 900);
      await zap.poll();
      await zap.poll();
      channel.match(hidden, 'TRUE');
      // The deletion makes up for it in the count.
      const [first] = channel.people;
      if (first) channel.remove(first);
      await zap.poll();
      expect(zap.missing).toEqual([hidden]);
      channel.now += HOUR;
      await zap.poll();
      await zap.poll();
      expect(zap.missing).toEqual([]);
      expect((await zap.poll()).requests).toBe(1);
    },
  );

  it('of ten values is read in turns when the API is too slow for all', async () => {
    const values = Array.from({ length: 10 }, (_, index) => `value ${index}`);
    const channel = new Channel({ latency: 5 });
    channel.fill(values, 20, 30);
    const zap = new Zap(channel, start(channel).perform, values);
    await zap.switchOn();
    for (const value of values) channel.create([value]);
    for (let poll = 0; poll < 12; poll += 1) {
      channel.now += 61;
      await zap.poll();
    }
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is large and unsorted rests, except for its ends, while its total stays', async () => {
    const { zap, channel } = await switchedOn({ sort: 'hash' }, 1000);
    expect((await zap.poll()).requests).toBe(2);
    createMany(channel, 10);
    for (let poll = 0; poll < 2; poll += 1) await zap.poll();
    expect(zap.missing).toEqual([]);
  });
});

describe('The memory of a long list', () => {
  it('that fails at every poll leaves the newest 240 contacts of a day', async () => {
    const { channel, zap, driver } = await switchedOn({ sort: 'oldest' }, 500, 30);
    driver.fail('all');
    for (let poll = 0; poll < 5; poll += 1) {
      createMany(channel, 40);
      expect((await zap.poll()).error).toBeUndefined();
    }
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost in a busy channel returns no contact that may have been there before', async () => {
    const { channel, zap, driver } = await switchedOn({}, 2000, 1);
    createMany(channel, 30);
    forget(driver.cache);
    await zap.poll();
    expect(zap.missing).toEqual([]);
    for (let poll = 0; poll < 6; poll += 1) {
      channel.now += 900;
      await zap.poll();
    }
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost on a long list without order leaves what was created before to the past', async () => {
    const { channel, zap, driver } = await switchedOn({ sort: 'hash' }, 900, 0.5);
    const hidden = channel.create([], 2 * HOUR);
    forget(driver.cache);
    await zap.poll();
    channel.match(hidden, 'TRUE');
    const [created] = [channel.create(['TRUE'])];
    for (let poll = 0; poll < 6; poll += 1) {
      channel.now += 900;
      await zap.poll();
    }
    expect(zap.falselyFired).toEqual([]);
    expect(zap.fired.has(created.id)).toBe(true);
  });

  it('that holds not all that was returned does not take it for what it looks for', async () => {
    const values = Array.from({ length: 10 }, (_, index) => `value ${index}`);
    const channel = new Channel();
    const zap = new Zap(channel, start(channel).perform, values);
    channel.fill(['value 0'], 100, 30);
    await zap.switchOn();
    channel.now += 60;
    const late = channel.create([]);
    for (let index = 0; index < 300; index += 1) {
      channel.now += 1;
      channel.create(['value 0']);
    }
    await zap.poll();
    await zap.poll();
    channel.match(late, 'value 0');
    expect((await zap.poll()).fired).toEqual([late.id]);
  });
});
