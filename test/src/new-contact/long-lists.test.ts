import { describe, expect, it } from '@jest/globals';
import { Channel } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { createMany, forget, switchedOn } from './examples.ts';

// More of what examples-of-long-lists.test.ts shows. Mutation testing leaves them out: it would run them for each fault.

const HOUR = 3600;

describe('A long list', () => {
  it.each(['newest', 'oldest'] as const)(
    'that a thousand contacts from before join at once is not read through, %s first',
    async (sort) => {
      const { channel, zap } = await switchedOn({ sort }, 5000);
      for (let hours = 2; hours < 1002; hours += 1) channel.match(channel.create([], hours * HOUR), 'TRUE');
      const poll = await zap.poll();
      expect(poll.fired).toEqual([]);
      expect(poll.requests).toBeLessThanOrEqual(3);
      createMany(channel, 25);
      const next = await zap.poll();
      expect(next.fired).toHaveLength(25);
      expect(next.requests).toBeLessThanOrEqual(4);
    },
  );

  it('of which a page is shorter than its meta says is re-read all the same', async () => {
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
    channel.now += HOUR;
    expect((await zap.poll()).error).toBeUndefined();
  });
});

describe('The memory of a long list', () => {
  it('that is lost of a list without order, of which not all was returned, returns nothing of it', async () => {
    const { channel, zap, driver } = await switchedOn({ sort: 'hash' }, 350, 0.5);
    for (const person of channel.people.slice(0, 45)) channel.remove(person);
    forget(driver.cache);
    for (let poll = 0; poll < 3; poll += 1) await zap.poll();
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost of a day with more contacts than may be returned fires none of the others', async () => {
    const { channel, zap, driver } = await switchedOn({}, 360, 0.5);
    for (const person of channel.people.slice(-45)) channel.remove(person);
    forget(driver.cache);
    for (let poll = 0; poll < 12; poll += 1) {
      await zap.poll();
      channel.now += 900;
    }
    expect(zap.falselyFired).toEqual([]);
  });

  it('that is lost of two values, one with a long list, fires nothing of it that was not returned', async () => {
    const channel = new Channel();
    const driver = withoutCore(channel);
    channel.fill(['TRUE'], 1000, 0.5);
    channel.fill(['FALSE'], 20, 0.5);
    const zap = new Zap(channel, driver, { values: ['TRUE', 'FALSE'] });
    await zap.switchOn();
    forget(driver.cache);
    for (let poll = 0; poll < 12; poll += 1) {
      channel.now += 900;
      await zap.poll();
    }
    expect(zap.falselyFired).toEqual([]);
  });
});
