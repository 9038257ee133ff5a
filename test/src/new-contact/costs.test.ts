import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChannelOptions } from '../../support/channel-model.ts';
import { largestMemory } from '../../support/zap-model.ts';
import { createMany, pollUntilFound, switchedOn } from './setup.ts';

const sorts = fc.constantFrom<ChannelOptions['sort']>('newest', 'oldest');
const sizes = fc.oneof(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 401, max: 20_000 }));

/** Sets up a Zap on a channel that already had contacts. The Zap was switched on and has polled once. */
async function running(sort: ChannelOptions['sort'], before: number, values = ['TRUE']) {
  const { driver, ...rest } = await switchedOn({ sort }, before, 300, { values });
  await rest.zap.poll();
  rest.channel.now += 60;
  return { ...rest, cache: driver.cache };
}

describe('What New Contact costs', () => {
  it('is one request where nothing is new, and k new ones at most ⌈k/10⌉ + 2', () =>
    fc.assert(
      fc.asyncProperty(
        sorts,
        sizes,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
        async (sort, before, arrivals) => {
          const { channel, zap, on } = await running(sort, before);
          expect(on.requests).toBeLessThanOrEqual(32);
          for (const count of arrivals) {
            expect((await zap.poll()).requests).toBe(1);
            for (let index = 0; index < count; index += 1) channel.create(['TRUE']);
            channel.now += 60;
            const { fired, requests } = await zap.poll();
            expect(fired).toHaveLength(count);
            expect(requests).toBeLessThanOrEqual(Math.ceil(count / 10) + 2);
          }
        },
      ),
      { numRuns: 30 },
    ));

  it.each(['newest', 'oldest'] as const)('is the same at a million contacts, %s first', async (sort) => {
    const { channel, zap, on } = await running(sort, 1_000_000);
    expect(on.requests).toBeLessThanOrEqual(32);
    expect((await zap.poll()).requests).toBe(1);
    for (let index = 0; index < 10; index += 1) channel.create(['TRUE']);
    expect((await zap.poll()).requests).toBe(2);
    expect((await zap.sample()).requests).toBeLessThanOrEqual(3);
  });

  it('adds, once an hour, what reading the last 24 hours again takes', async () => {
    const { channel, zap } = await running('newest', 5000);
    for (let hour = 0; hour < 30; hour += 1) {
      for (let index = 0; index < 15; index += 1) channel.create(['TRUE']);
      channel.now += 3600;
      await zap.poll();
    }
    // The last 24 hours have 15 contacts each. Only the first poll of an hour reads them again, so the others cost one request.
    const costs = [];
    for (let poll = 0; poll < 8; poll += 1) {
      channel.now += 900;
      costs.push((await zap.poll()).requests);
    }
    expect(costs.filter((requests) => requests > 1)).toHaveLength(2);
    expect(Math.max(...costs)).toBeLessThanOrEqual(50);
  });

  it('looks for a late match no deeper than it must', async () => {
    const { channel, zap } = await running('oldest', 5000);
    for (let poll = 0; poll < 17; poll += 1) {
      for (let index = 0; index < 30; index += 1) channel.create(['TRUE']);
      const late = channel.create([]);
      for (let index = 0; index < 15; index += 1) channel.create(['TRUE']);
      channel.now += 100;
      await zap.poll();
      channel.now += 60;
      channel.match(late, 'TRUE');
      const { fired, requests } = await zap.poll();
      expect(fired).toEqual([late.id]);
      expect(requests).toBeLessThanOrEqual(12);
      channel.now += 20;
    }
  });

  it('is 200 requests an hour where more contacts come a day than are remembered', async () => {
    const { channel, zap } = await running('newest', 100);
    createMany(channel, 4000);
    await pollUntilFound(zap);
    channel.now += 3600;
    const costs = [];
    for (let poll = 0; poll < 6; poll += 1) costs.push((await zap.poll()).requests);
    // The hourly check reads 200 pages. Some are read twice, and each poll also reads the newest page.
    expect(costs).toEqual([50, 50, 50, 50, 4, 1]);
  });

  it('is three requests for a late match near the newest end, also where all that can be remembered is known', async () => {
    const { channel, zap } = await running('newest', 100);
    createMany(channel, 2500);
    await pollUntilFound(zap);
    const late = channel.create([]);
    createMany(channel, 25);
    await zap.poll();
    channel.match(late, 'TRUE');
    expect(await zap.poll()).toMatchObject({ fired: [late.id], requests: 3 });
    expect(await zap.poll()).toMatchObject({ fired: [], requests: 1 });
  });

  it('stays below 16 kB of memory with ten values', async () => {
    const values = Array.from({ length: 10 }, (_, index) => `value ${index}`);
    const { channel, zap, cache } = await running('newest', 3000, values);
    for (let index = 0; index < 250; index += 1) channel.create(values);
    await pollUntilFound(zap);
    for (let poll = 0; poll < 40; poll += 1) {
      channel.now += 900;
      channel.create(values);
      expect((await zap.poll()).requests).toBeLessThanOrEqual(50);
      expect(Object.values(cache).join('').length).toBeLessThanOrEqual(largestMemory.new_contact);
    }
    expect(zap.missing).toEqual([]);
  });
});
