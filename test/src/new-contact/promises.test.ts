import { describe, expect, it, jest } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type Person } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { silence, useCore } from '../../support/zap-through-core.ts';
import {
  allowRequests,
  createMany,
  HOUR,
  pollOn,
  pollUntilFound,
  removeSome,
  sentenceOf,
  sorts,
  switchedOn,
  tenValues,
} from './setup.ts';

// Each test is an example of one promise in docs/new-contact.md. The tables there refer to these tests by title.

const run = useCore();

describe('Nothing lost', () => {
  it.each(sorts)('a new contact fires in the first poll after it exists, once, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 35);
    const created = createMany(channel, 2);
    expect((await zap.poll()).fired.sort()).toEqual(created.map(({ id }) => id));
    expect((await zap.poll()).fired).toEqual([]);
  });

  const bursts = [150, 1000, 5000].flatMap((count) => sorts.map((sort) => ({ count, sort })));

  it.each(bursts)(
    'covers a burst from its oldest end, with all that 50 requests bring: $count contacts, $sort first',
    async ({ count, sort }) => {
      const { channel, zap } = await switchedOn({ sort }, 100);
      const burst = createMany(channel, count, 5 / count).map(({ id }) => id);
      // Every poll reads the newest page first. At the first poll it holds `latest` and the nine newest contacts of the burst.
      const others = burst.slice(0, -9);
      for (let covered = 0; zap.missing.length > 0; ) {
        const left = zap.missing.length;
        const [latest] = createMany(channel, 1);
        const { fired, requests } = await zap.poll();
        expect(fired).toContain(latest?.id);
        const next = others.filter((id) => fired.includes(id));
        expect(next).toEqual(others.slice(covered, covered + next.length));
        covered += next.length;
        expect(requests).toBeLessThanOrEqual(50);
        // Up to ten of the 50 requests find where the burst begins. Each of the others reads ten contacts.
        expect(fired.length).toBeGreaterThanOrEqual(Math.min(left, 400));
      }
      const [after] = createMany(channel, 1);
      expect(await zap.poll()).toMatchObject({ fired: [after?.id], requests: 1 });
    },
  );

  it('a contact that is created while the Zap is switched on fires, also in the same second', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 25, 0.5);
    channel.create(['TRUE']);
    const zap = new Zap(channel, withoutCore(channel));
    channel.beforeAnswer = (request) => void (request === 2 && channel.create(['TRUE']));
    expect((await zap.switchOn()).returned).toHaveLength(26);
    expect((await zap.poll()).fired).toEqual(['cus_26']);
  });

  it.each(sorts)('while meta comes and goes, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 95);
    for (const meta of ['none', 'full', 'none', 'total'] as const) {
      channel.options.meta = meta;
      createMany(channel, 12);
      expect((await zap.poll()).fired).toHaveLength(12);
    }
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });
});

describe('A list', () => {
  it('without order, of as many contacts as a poll can read, is read whole by every poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'hash' }, 500);
    for (let poll = 0; poll < 3; poll += 1) {
      removeSome(channel, poll, poll + 1);
      const [created] = createMany(channel, 1);
      expect(await zap.poll()).toMatchObject({ fired: [created?.id], requests: 50 });
    }
  });

  it('without order, and longer, rests except for its ends while its total stays', async () => {
    const { zap, channel } = await switchedOn({ sort: 'hash' }, 1000);
    expect((await zap.poll()).requests).toBe(2);
    createMany(channel, 10);
    await pollUntilFound(zap, 2);
  });

  it('without meta, and longer, shows new contacts within two polls, after deletions too', async () => {
    const { channel, zap, on } = await switchedOn({ sort: 'oldest', meta: 'none' }, 995);
    expect(on.requests).toBeLessThanOrEqual(32);
    removeSome(channel, 0, 260);
    createMany(channel, 3);
    await pollUntilFound(zap, 2);
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
      removeSome(channel, 0, 1);
      await pollOn(zap, 8);
      expect(zap.missing).toEqual([]);
      expect(zap.falselyFired).toEqual([]);
    },
  );
});

describe('Several values', () => {
  it('at four seconds a request, polled every 300 seconds, all get their turn', async () => {
    const { channel, zap } = await switchedOn({ latency: 0.1 }, 20, 30, { values: tenValues });
    channel.options.latency = 4;
    for (const value of tenValues) channel.create([value]);
    for (const { began, ended } of await pollOn(zap, 6, 270)) expect(ended - began).toBeLessThanOrEqual(29);
    expect(zap.missing).toEqual([]);
    expect(zap.falselyFired).toEqual([]);
  });

  it('lose no contact of the second in which they are switched on', async () => {
    const during = (channel: Channel, request: number) =>
      request === 2 && tenValues.map((value) => channel.create([value]));
    const { zap } = await switchedOn({}, 20, 30, { values: tenValues, run, during });
    await pollOn(zap, 1);
    expect(zap.missing).toEqual([]);
  });

  it('are at most ten', async () => {
    const { channel, on } = await switchedOn({}, 0, 0, { values: [...tenValues, 'one more'] });
    expect(sentenceOf(on)).toBe('The Field Values field has 11 values. Watch at most 10 in one Zap.');
    expect(channel.requests).toBe(0);
  });
});

it('Two Zaps that the platform does not tell apart share a memory, which fires nothing false', async () => {
  const channel = new Channel();
  const driver = withoutCore(channel);
  channel.fill(['TRUE'], 20, 300);
  const zaps = [1, 2].map(() => new Zap(channel, driver, { id: null }));
  const late: Person[] = [];
  for (const zap of zaps) {
    await zap.switchOn();
    channel.now += HOUR;
    late.push(channel.create([]));
  }
  for (const person of late) channel.match(person, 'TRUE');
  createMany(channel, 12);
  await Promise.all(zaps.map((zap) => zap.poll()));
  for (const { falselyFired, fired } of zaps) {
    expect(falselyFired).toEqual([]);
    expect(fired.size).toBeGreaterThan(0);
  }
});

describe('A poll that fails', () => {
  it('says why, and the next one finds what it missed', async () => {
    const { channel, zap } = await switchedOn({}, 12, 300, { run });
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
    for (const [allowed, found] of [
      [0, 0],
      [1, 10],
      [1, 0],
    ] as const) {
      allowRequests(channel, allowed);
      const { fired, error } = await zap.poll();
      expect(fired).toHaveLength(found);
      expect(error && readFailure(error).kind).toBe(found > 0 ? undefined : 'ThrottledError');
    }
  });
});

describe('A poll that is cut short', () => {
  it.each(sorts)('with 429 in the middle of a burst keeps what was read, %s first', async (sort) => {
    const { channel, zap } = await switchedOn({ sort }, 100);
    createMany(channel, 600, 0.1);
    for (let polls = 0; polls < 10; polls += 1) {
      allowRequests(channel, 10);
      expect((await pollOn(zap, 1, 300))[0]?.error).toBeUndefined();
    }
    expect(zap.missing).toEqual([]);
  });

  it.each(['newest', 'hash'] as const)(
    'with 429 before the second of two values begins the next with that one, %s first',
    async (sort) => {
      const values = ['FALSE', 'TRUE'];
      const { channel, zap } = await switchedOn({ sort }, 60, 300, { values });
      for (const value of values) createMany(channel, 5, 12, value);
      allowRequests(channel, 1);
      await zap.poll();
      channel.beforeAnswer = () => undefined;
      await pollOn(zap, 1, 300);
      expect(zap.missing).toEqual([]);
    },
  );
});

describe('Switching on', () => {
  it('reads no further than the day before, and at most 32 pages', async () => {
    expect((await switchedOn({}, 3000, 300)).on).toMatchObject({ requests: 3 });
    expect((await switchedOn({}, 3000, 1)).on).toMatchObject({ requests: 32 });
  });

  it.each([
    [
      1.1,
      100,
      'The platform answered too slowly to switch this Zap on: only 22 pages of contacts could be read in 25 seconds.',
    ],
    [0.05, 1, 'app.bony.chat received too many requests'],
  ])(
    'is refused if it is cut by time or by a 429: %d s a request, %i requests',
    async (latency, allowed, sentence) => {
      const during = (channel: Channel) => allowRequests(channel, allowed - 1);
      const { on } = await switchedOn({ latency }, 600, 1, { during });
      expect(sentenceOf(on)).toContain(sentence);
    },
  );

  it.each(['all', 'frozen'] as const)(
    'is refused if its memory can be neither written nor deleted: %s',
    async (fault) => {
      const { zap, driver } = await switchedOn({});
      driver.fail(fault);
      expect(sentenceOf(await zap.switchOn())).toBe(
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

  it('that is not written loses nothing, and fires nothing false', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 30, { run });
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
    for (const [created, left] of [
      [40, 40],
      [40, 40],
      [300, 240],
    ] as const) {
      channel.now += 24 * HOUR;
      const ofTheDay = createMany(channel, created).map(({ id }) => id);
      driver.forget();
      const { returned } = await zap.poll();
      expect(returned.map(({ id }) => id).reverse()).toEqual(ofTheDay.slice(-left));
    }
    expect(zap.missing).toHaveLength(60);
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

  it('names no token, host or contact, outlives a renewed token, and is written only if it changed', async () => {
    const { channel, zap, driver } = await switchedOn({}, 100, 300, { run });
    const writes: string[] = [];
    driver.onWrite = (key) => writes.push(key);
    driver.token = 'renewed';
    await pollOn(zap, 5, 60);
    expect(writes).toEqual([]);
    channel.create(['TRUE']);
    await zap.poll();
    expect(writes).toHaveLength(2);
    expect(JSON.stringify(driver.cache)).not.toMatch(/cus_|token|renewed|bony|TRUE/);
  });
});

it.each([120, 45, -45, -120])(
  'created_at that is %i seconds ahead of the server fires nothing false, and loses nothing later',
  async (createdAhead) => {
    const channel = new Channel({ createdAhead });
    channel.fill(['TRUE'], 100, 30);
    const hidden = [3, 30, 100].map((ago) => channel.create([], ago));
    for (const ago of [20, 1]) channel.create(['TRUE'], ago);
    const zap = new Zap(channel, run(channel), { values: ['TRUE', 'FALSE'] });
    await zap.switchOn();
    channel.now += 120;
    const created = createMany(channel, 25, 4);
    await pollOn(zap, 1, 100);
    // The `TRUE` contacts show that the clocks differ. No contact had `FALSE` yet, so its list has shown nothing.
    for (const person of hidden) channel.match(person, 'FALSE');
    await pollOn(zap, 2, HOUR);
    expect(zap.falselyFired).toEqual([]);
    for (const { id } of created) expect(zap.fired.has(id)).toBe(true);
  },
);

const zap = { id: '1', user: { timezone: 'UTC' } };

it.each([
  ['and does not say what for gets what is there', 300, {}, 8],
  ['gets what the server dates later than its own clock, too', -300, {}, 8],
  ['to test a Zap gets the newest contacts', 300, { isLoadingSample: true, zap }, 8],
  ['and names the Zap gets an ordinary poll', 300, { zap }, 0],
])('A program that runs the step %s', async (_, days, meta, found) => {
  const channel = new Channel();
  const { perform, cache } = withoutCore(channel);
  channel.fill(['TRUE'], 8, days);
  expect(await perform({ inputData: { field_name: 'zap', field_values: 'TRUE' }, meta })).toHaveLength(found);
  expect(Object.keys(cache)).toHaveLength(found > 0 ? 0 : 2);
});
