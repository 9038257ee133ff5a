import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChannelOptions } from '../../support/channel-model.ts';
import { largestMemory } from '../../support/zap-model.ts';
import { createMany, HOUR, pollOn, pollUntilFound, switchedOn, tenValues } from './setup.ts';

const sorts = fc.constantFrom<ChannelOptions['sort']>('newest', 'oldest');
const sizes = fc.oneof(fc.integer({ min: 10, max: 400 }), fc.integer({ min: 401, max: 20_000 }));

/** Sets up a Zap on a channel that already had contacts. The Zap was switched on and has polled once. */
async function running(sort: ChannelOptions['sort'], before: number, values = ['TRUE']) {
  const running = await switchedOn({ sort }, before, 300, { values });
  await pollOn(running.zap, 1, 60);
  return running;
}

describe('What New Contact costs', () => {
  it('is one request if nothing is new, and k new ones at most ⌈k/10⌉ + 2', () =>
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
            createMany(channel, count);
            const { fired, requests } = await zap.poll();
            expect(fired).toHaveLength(count);
            expect(requests).toBeLessThanOrEqual(Math.ceil(count / 10) + 2);
          }
        },
      ),
      { numRuns: 30 },
    ));

  it('adds, once an hour, what reading the last 24 hours again takes', async () => {
    const { channel, zap } = await running('newest', 5000);
    for (let hour = 0; hour < 30; hour += 1) {
      createMany(channel, 15, 0);
      await pollOn(zap, 1, HOUR);
    }
    // Each of the last 24 hours has 15 contacts. Only the first poll of an hour reads them again, so the others cost one request.
    const costs = (await pollOn(zap, 8)).map(({ requests }) => requests);
    expect(costs.filter((requests) => requests > 1)).toEqual([37, 35]);
  });

  it('is a few requests for a late match, even if the memory is full', async () => {
    const { channel, zap } = await running('oldest', 100);
    createMany(channel, 2500);
    await pollUntilFound(zap);
    for (let poll = 0; poll < 17; poll += 1) {
      const late = channel.create([]);
      createMany(channel, 25);
      await pollOn(zap, 1, 0);
      channel.match(late, 'TRUE');
      const { fired, requests } = await zap.poll();
      expect(fired).toEqual([late.id]);
      expect(requests).toBeLessThanOrEqual(4);
      expect(await zap.poll()).toMatchObject({ fired: [], requests: 1 });
    }
  });

  it('is 200 requests an hour if more contacts come a day than are remembered', async () => {
    const { channel, zap } = await running('newest', 100);
    createMany(channel, 4000);
    await pollUntilFound(zap);
    channel.now += HOUR;
    const costs = (await pollOn(zap, 6, 0)).map(({ requests }) => requests);
    // The hourly check reads 200 pages. Some are read twice, and each poll also reads the newest page.
    expect(costs).toEqual([50, 50, 50, 50, 4, 1]);
  });

  it('stays below 16 kB of memory with ten values', async () => {
    const { channel, zap, driver } = await running('newest', 3000, tenValues);
    for (let index = 0; index < 250; index += 1) channel.create(tenValues);
    await pollUntilFound(zap);
    for (let poll = 0; poll < 40; poll += 1) {
      channel.create(tenValues);
      const [done] = await pollOn(zap, 1);
      expect(done?.requests).toBeLessThanOrEqual(50);
      expect(Object.values(driver.cache).join('').length).toBeLessThanOrEqual(largestMemory.new_contact);
    }
    expect(zap.missing).toEqual([]);
  });
});
