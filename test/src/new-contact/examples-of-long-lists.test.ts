import { describe, expect, it } from '@jest/globals';
import { Channel } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { createMany, forget, switchedOn } from './examples.ts';

// The random histories and costs run through the platform's core too. Mutation testing runs these examples for each fault.
const start = withoutCore;

const HOUR = 3600;

describe('A Zap that is switched on in a busy channel', () => {
  it('finds the newest end again when many contacts come while it reads', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 400, 0.5);
    const zap = new Zap(channel, start(channel));
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
    const zap = new Zap(channel, start(channel), { values });
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
    const zap = new Zap(channel, start(channel), { values });
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
