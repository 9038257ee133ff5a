import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod/mini';
import { memorySchema, writeMemory } from '../../../src/updated-contact/memory.ts';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { type Poll, withoutCore, Zap, type ZapOptions } from '../../support/zap-model.ts';

// docs/updated-contact.md names these tests by their titles. The histories run through the platform's core too.

/** A channel with contacts from before, and a Zap that watches it: `zap` = `TRUE`, if nothing else is said. */
function setUp(options: Partial<ChannelOptions> = {}, watched: ZapOptions = {}, count = 0) {
  const channel = new Channel(options);
  const driver = withoutCore(channel, 'updated_contact');
  channel.fill(['TRUE'], count, 300);
  const again = () => new Zap(channel, driver, watched);
  const zap = again();
  /** A minute later; the next polls return whom they started the Zap for, what they cost, and why they failed. */
  const later = async (): Promise<Poll> => {
    channel.now += 60;
    return zap.poll();
  };
  const poll = async () => {
    const { fired, error } = await later();
    if (error) throw error;
    return fired;
  };
  return { channel, driver, zap, again, poll, cost: async () => (await later()).requests };
}

/** The same, switched on. */
async function switchedOn(...given: Parameters<typeof setUp>) {
  const setting = setUp(...given);
  await setting.zap.switchOn();
  return setting;
}

const plan: ZapOptions = { inputs: { watched_fields: ['plan'] } };
const failureOf = ({ error }: Poll) => error && readFailure(error);

/** Something happens before the n-th request from now on. */
function onRequest(channel: Channel, request: number, act: () => void): void {
  const wanted = channel.requests + request;
  channel.beforeAnswer = (current) => {
    if (current === wanted) act();
    return undefined;
  };
}

/** The n-th request from now on fails, and so do those after it, until the channel recovers. */
function failFrom(channel: Channel, request: number, status: number): () => void {
  const first = channel.requests + request;
  const answer = { status, body: '{"status":"error","message":"Not now","data":[]}' };
  channel.beforeAnswer = (current) => (current >= first ? answer : undefined);
  return () => {
    channel.beforeAnswer = () => undefined;
  };
}

/** One leaves as another comes, so that the total does not tell. */
function swap(channel: Channel, leaving: Person | undefined): string {
  if (leaving) channel.change(leaving);
  return channel.create(['TRUE']).id;
}

type Change = (channel: Channel, person: Person) => void;
const value = (to?: string) => (channel: Channel, person: Person) => channel.change(person, to);
const field = (name: string, to: unknown) => (channel: Channel, person: Person) =>
  channel.touch(person, { fields: { ...person.fields, [name]: to } });
const tags =
  (...to: string[]) =>
  (channel: Channel, person: Person) =>
    channel.touch(person, { tags: to });

const watching = (...watched_fields: string[]) => ({ inputs: { watched_fields } });
const [yes, no] = [value('TRUE'), value()];

describe('Every change starts the Zap', () => {
  it.each<[string, ZapOptions, Change[], number[]]>([
    [
      'open, closed, open, closed',
      { values: ['open', 'closed'] },
      ['open', 'closed', 'open', 'closed'].map(value),
      [1, 1, 1, 1],
    ],
    [
      'a watched field that changes back and forth',
      plan,
      [yes, ...['a', 'b', 'a', 'b'].map((to) => field('plan', to))],
      [1, 1, 1, 1, 1],
    ],
    [
      'a tag that is added, removed and added',
      watching('tags'),
      [yes, tags('VIP'), tags(), tags('VIP')],
      [1, 1, 1, 1],
    ],
    ['a value that is lost and got again', {}, [yes, no, yes, no, yes], [1, 0, 1, 0, 1]],
    ['a value that another watched one replaces', { values: ['a', 'b'] }, [value('a'), value('b')], [1, 1]],
    ['empty, a bare false, true', watching('x'), [yes, field('x', false), field('x', true)], [1, 1, 1]],
    [
      'something within a list',
      watching('x'),
      [yes, field('x', [{ a: 1 }]), field('x', [{ a: 2 }])],
      [1, 1, 1],
    ],
    ['but no other field', plan, [yes, field('note', 'x')], [1, 0]],
    [
      'but not a field that was missing and is empty',
      plan,
      [yes, field('plan', ''), field('plan', null)],
      [1, 0, 0],
    ],
    ['but not the order of tags', watching('tags'), [yes, tags('a', 'b'), tags('b', 'a', 'a')], [1, 1, 0]],
    ['but not TRUE that becomes true', { values: ['TRUE', 'true'] }, [yes, value('true')], [1, 0]],
  ])('%s', async (_, watched, changes, starts) => {
    const { channel, poll } = await switchedOn({}, watched, 3);
    const person = channel.create([], 1000);
    const fired: number[] = [];
    for (const change of changes) {
      change(channel, person);
      fired.push((await poll()).length);
      expect(await poll()).toEqual([]);
    }
    expect(fired).toEqual(starts);
  });

  it('of 500 contacts at once', async () => {
    const { channel, poll } = await switchedOn({ sort: 'hash' }, plan, 500);
    for (const person of channel.people) field('plan', 'Gold')(channel, person);
    expect(await poll()).toHaveLength(500);
  });

  it('a contact in the lists of two watched values starts it once', async () => {
    const { channel, zap, poll } = setUp({}, { values: ['TRUE', 'true'] });
    channel.fill(['TRUE', 'true'], 300, 300);
    expect((await zap.switchOn()).returned).toHaveLength(300);
    const { id } = channel.create(['TRUE', 'true']);
    expect([...(await poll()), ...(await poll())]).toEqual([id]);
  });

  it.each([
    [5, 1],
    [200, 1],
    [480, 2],
  ])('a return to %i contacts, after %i polls without it', async (count, polls) => {
    const { channel, poll } = await switchedOn({}, {}, count);
    const [person = channel.create([])] = channel.people;
    no(channel, person);
    for (let away = 0; away < polls; away += 1) expect(await poll()).toEqual([]);
    yes(channel, person);
    expect(await poll()).toEqual([person.id]);
  });

  it('a return after so many others that not all who went are remembered', async () => {
    const { channel, driver, poll } = await switchedOn();
    const person = channel.create(['TRUE']);
    await poll();
    for (let round = 0; round < 4; round += 1) {
      for (const each of channel.people) no(channel, each);
      await poll();
      for (let index = 0; index < 300; index += 1) channel.create(['TRUE']);
      await poll();
      expect(Object.values(driver.cache).join('').length).toBeLessThan(16_000);
    }
    yes(channel, person);
    expect(await poll()).toEqual([person.id]);
  });
});

describe('No change starts the Zap twice', () => {
  it.each(['writes', 'frozen'] as const)('if the memory cannot be written: %s', async (fault) => {
    const { channel, driver, poll } = await switchedOn({}, plan, 30);
    const { id } = channel.create(['TRUE']);
    driver.fail(fault);
    expect([await poll(), await poll()]).toEqual([[id], []]);
    driver.fail('nothing');
    expect(await poll()).toEqual([]);
  });

  it.each<[string, ZapOptions, number]>([
    ['for an hour', plan, 3500],
    ['when everything is read the next time, if nothing is watched', {}, 3600],
  ])(
    'and none is lost if an answer never reaches Zapier: it is returned again, %s',
    async (_, watched, wait) => {
      const { channel, again, poll } = await switchedOn({ sort: 'oldest' }, watched, 30);
      const { id } = channel.create(['TRUE']);
      expect((await again().poll()).returned).toMatchObject([{ id }]);
      channel.now += wait;
      expect(await poll()).toEqual([id]);
    },
  );

  it('and what changed more than two hours ago is not returned any more', async () => {
    const { channel, zap } = await switchedOn({}, plan, 30);
    channel.create(['TRUE']);
    const counts: number[] = [];
    for (let polls = 0; polls < 6; polls += 1) {
      channel.now += 1700;
      counts.push((await zap.poll()).returned.length);
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 0]);
  });

  it('if two Zaps share a memory because Zapier does not tell them apart; both start', async () => {
    const { channel, zap, again, poll } = await switchedOn({ sort: 'oldest' }, { id: null }, 25);
    const other = again();
    const early = channel.create(['TRUE']).id;
    await other.switchOn();
    const late = channel.create(['TRUE']).id;
    expect((await other.poll()).fired).toEqual([late]);
    expect((await poll()).sort()).toEqual([early, late]);
    expect([await poll(), (await other.poll()).fired, (await zap.poll()).fired]).toEqual([[], [], []]);
  });

  it('if readings passed a contact over because others moved', async () => {
    const { channel, poll } = await switchedOn({ sort: 'oldest' }, {}, 20);
    const [leaving = channel.create([])] = channel.people;
    for (let round = 0; round < 3; round += 1) {
      yes(channel, leaving);
      channel.now += 3600;
      // What follows moves to a page that has been read.
      onRequest(channel, 2, () => no(channel, leaving));
      expect(await poll()).toEqual([]);
    }
    expect([await poll(), await poll()]).toEqual([[], []]);
  });

  it('if another poll remembers more by the time that one writes', async () => {
    const cache = new Map<string, unknown>();
    const get = async (key: string) => cache.get(key) ?? null;
    const z = { cache: { get, set: async (key: string, value: unknown) => !!cache.set(key, value) } };
    for (const [name, before] of [['a'], ['b', 'a'], ['c', 'a']]) {
      const memoryOf = (name?: string) => name && schema.parse(memorySchema, { name, learning: 0 });
      await Reflect.apply(writeMemory, undefined, [z, 'key', memoryOf(name), memoryOf(before)]);
    }
    expect([...cache.values()]).toMatchObject([{ name: 'b' }, { name: 'b' }]);
  });

  it('if a contact could not be read for a while', async () => {
    const { channel, poll } = await switchedOn({}, {}, 3);
    const [person = channel.create([])] = channel.people;
    for (person.isDamaged of [true, true, false]) expect(await poll()).toEqual([]);
  });
});

describe('A lost memory', () => {
  it.each([{}, plan])('starts nothing; what changes from then on starts the Zap: %j', async (watched) => {
    const { channel, driver, poll } = await switchedOn({}, watched, 30);
    const person = channel.create(['TRUE']);
    for (const change of [yes, no, yes]) {
      change(channel, person);
      await poll();
    }
    driver.forget();
    expect(await poll()).toEqual([]);
    for (const starts of [[], [person.id], [], [person.id]]) {
      (starts.length > 0 ? yes : no)(channel, person);
      expect(await poll()).toEqual(starts);
    }
  });

  it.each([true, false])('is none while one of its two keys is left: the copy, %s', async (isCopy) => {
    const { channel, driver, poll } = await switchedOn({}, {}, 30);
    const { id } = channel.create(['TRUE']);
    driver.forget((key) => key.endsWith(':copy') !== isCopy);
    expect(await poll()).toEqual([id]);
    expect(Object.keys(driver.cache)).toHaveLength(2);
  });

  it('is another thing than one that cannot be read: that poll fails, and the next one catches up', async () => {
    const { channel, driver, zap, poll } = await switchedOn();
    const { id } = channel.create(['TRUE']);
    driver.fail('reads');
    expect(failureOf(await zap.poll())).toMatchObject({ code: 'memory_unread' });
    driver.fail('nothing');
    expect(await poll()).toEqual([id]);
  });

  it('of a list that no single poll can read starts nothing either', async () => {
    const { channel, driver, poll } = await switchedOn({ latency: 0.5 }, {}, 200);
    channel.options.latency = 2;
    driver.forget();
    for (let polls = 0; polls < 4; polls += 1) expect(await poll()).toEqual([]);
    const { id } = channel.create(['TRUE']);
    expect([...(await poll()), ...(await poll())]).toEqual([id]);
  });

  it('of a list that never stands still is over after three readings', async () => {
    const { channel, driver, poll } = await switchedOn({ sort: 'oldest' }, {}, 15);
    driver.forget();
    channel.beforeAnswer = (request) => {
      if (request % 2 === 0) channel.create(['TRUE']);
      return undefined;
    };
    expect(await poll()).toEqual([]);
    expect(await poll()).not.toEqual([]);
  });

  it('is that of what was watched: whoever watches something else begins anew', async () => {
    const { channel, driver } = await switchedOn();
    channel.create(['yes']);
    expect((await new Zap(channel, driver, { values: ['yes'] }).poll()).returned).toEqual([]);
  });

  it('is not written while nothing changes', async () => {
    const { driver, poll } = await switchedOn({}, plan, 30);
    driver.onWrite = (key) => expect(key).toBe('none');
    for (let polls = 0; polls < 70; polls += 1) await poll();
  });
});

describe('What a poll costs', () => {
  it.each([
    [10, 1],
    [100, 10],
    [500, 50],
  ])('%i contacts: 1 request if nothing changed, %i if one began to match', async (count, pages) => {
    const { channel, cost } = await switchedOn({}, {}, count - 1);
    const costs = [await cost()];
    channel.create(['TRUE'], 10_000);
    for (let polls = 0; polls < 3; polls += 1) costs.push(await cost());
    expect(costs).toEqual([1, pages, 1, 1]);
  });

  it.each([
    [8, [1, 1]],
    [100, [20, 1]],
    [500, [50, 50, 1]],
  ])('%i contacts: %j requests after one has lost the value', async (count, costs) => {
    const { channel, cost } = await switchedOn({}, {}, count);
    no(channel, channel.people[2] ?? channel.create([]));
    for (const requests of costs) expect(await cost()).toBe(requests);
  });

  it.each<[string, Partial<ChannelOptions>, ZapOptions]>([
    ['fields are watched', {}, plan],
    ['the API does not tell how many there are', { meta: 'none' }, {}],
    ['Zapier does not tell which Zap polls', {}, { id: null }],
  ])('every poll reads everything if %s', async (_, options, watched) => {
    const { cost } = await switchedOn(options, watched, 95);
    expect([await cost(), await cost()]).toEqual([10, 10]);
  });

  it.each<[string, string[], number, Partial<ChannelOptions>, number[]]>([
    ['495 contacts in three values', ['a', 'b', 'c'], 495, {}, [50, 1, 3, 3]],
    ['420 contacts at 0.6 s a request', ['TRUE'], 420, { latency: 0.6 }, [41, 1, 1, 1]],
  ])('a reading that took two polls counts as one: %s', async (_, values, count, options, costs) => {
    const { channel, zap, cost } = setUp({}, { values });
    for (const value of values) channel.fill([value], count / values.length - 1, 300);
    await zap.switchOn();
    Object.assign(channel.options, options);
    for (const value of values) channel.create([value], 10_000);
    for (const requests of costs) expect(await cost()).toBe(requests);
  });

  it('everything is read once an hour, which finds who came as another went', async () => {
    const { channel, zap, cost } = await switchedOn({ sort: 'oldest', latency: 0 }, {}, 30);
    const id = swap(channel, channel.people[13]);
    channel.now += 3539;
    expect(await cost()).toBe(1);
    channel.now += 1;
    expect((await zap.poll()).fired).toEqual([id]);
  });

  it('who comes to a page that has been read, as another goes, is found by the next poll', async () => {
    const { channel, poll } = await switchedOn({}, {}, 30);
    const first = channel.create(['TRUE']).id;
    let second = '';
    onRequest(channel, 3, () => {
      second = swap(channel, channel.people[0]);
    });
    expect([await poll(), await poll()]).toEqual([[first], [second]]);
  });

  it('who came is found at once on a first page, and so is who went', async () => {
    const { channel, poll } = await switchedOn({}, {}, 30);
    const [gone = channel.create([])] = channel.people;
    const id = swap(channel, gone);
    expect(await poll()).toEqual([id]);
    yes(channel, gone);
    expect(await poll()).toEqual([gone.id]);
  });

  it('a clock of the server that was ahead for a while spares nothing', async () => {
    const { channel, poll } = await switchedOn({ sort: 'oldest', dateAhead: 400_000_000 }, {}, 30);
    channel.options.dateAhead = 0;
    const id = swap(channel, channel.people[13]);
    expect(await poll()).toEqual([id]);
  });
});

describe('A poll', () => {
  const remedy =
    'Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.';

  it.each<['full' | 'none', string[]]>([
    ['full', ['TRUE', 'yes']],
    ['none', ['TRUE', 'yes']],
    ['full', ['TRUE']],
  ])('refuses more than 500 contacts: meta %s, %j', async (meta, values) => {
    const { channel, zap } = setUp({ meta }, { values }, 495);
    channel.fill([values.at(-1) ?? ''], 6, 300);
    expect(failureOf(await zap.switchOn())).toEqual({
      kind: 'AppError',
      code: 'too_many_contacts',
      sentence: `501 contacts have one of the watched values. Updated Contact can watch at most 500. ${remedy}`,
    });
  });

  it.each([
    ['one poll', ['TRUE'], [501, 501]],
    ['two polls', ['TRUE', 'a', 'b', 'c'], [0, 501, 0, 501]],
  ])('that finds too many loses nothing, if %s can read them', async (_, values, found) => {
    const { channel, zap, poll } = setUp({ sort: 'oldest' }, { values }, 501 - values.length);
    for (const value of values.slice(1)) channel.create([value], 1000);
    await zap.switchOn();
    const { id } = channel.create([values.at(-1) ?? '']);
    for (const count of found) {
      const failure = failureOf(await zap.poll());
      expect(Number.parseInt(failure?.sentence ?? '0', 10)).toBe(count);
    }
    no(channel, channel.people[0] ?? channel.create([]));
    for (let polls = 0; polls < 2; polls += 1) await poll();
    expect([...zap.fired]).toEqual([[id, 1]]);
  });

  it.each([403, 500])(
    'that fails with %i returns nothing, and the next one finds what it missed',
    async (status) => {
      const { channel, zap, poll } = await switchedOn({}, {}, 25);
      const { id } = channel.create(['TRUE']);
      const recover = failFrom(channel, 2, status);
      expect(failureOf(await zap.poll())).toMatchObject({ kind: 'AppError' });
      recover();
      expect(await poll()).toEqual([id]);
    },
  );

  it('waits if the API allows no request', async () => {
    const { channel, zap } = await switchedOn();
    failFrom(channel, 1, 429);
    expect(failureOf(await zap.poll())).toMatchObject({ kind: 'ThrottledError' });
  });

  it('goes on where the API allowed no more requests, so that every contact gets its turn', async () => {
    const { channel, poll } = await switchedOn({}, plan, 100);
    for (const person of channel.people) field('plan', 'Gold')(channel, person);
    const counts: number[] = [];
    for (let polls = 0; polls < 4; polls += 1) {
      failFrom(channel, 4, 429);
      counts.push((await poll()).length);
    }
    expect(counts).toEqual([30, 30, 30, 10]);
  });

  it('returns what it read if the API allows no request for the second value', async () => {
    const { channel, poll } = await switchedOn({}, { values: ['TRUE', 'yes'] });
    const ids = [channel.create(['TRUE']).id, channel.create(['yes']).id];
    const recover = failFrom(channel, 2, 429);
    expect(await poll()).toEqual(ids.slice(0, 1));
    recover();
    expect(await poll()).toEqual(ids.slice(1));
  });

  it.each(['full', 'total', 'none'] as const)(
    'goes on with the next value if the list is shorter by then: meta %s',
    async (meta) => {
      const { channel, poll } = await switchedOn({ meta }, { ...plan, values: ['TRUE', 'yes'] }, 100);
      const { id } = channel.create(['yes']);
      const recover = failFrom(channel, 10, 429);
      expect(await poll()).toEqual([]);
      recover();
      for (const person of channel.people.slice(0, 20)) no(channel, person);
      expect(await poll()).toEqual([id]);
    },
  );

  it('by a program that says nothing of a Zap returns all that is there, each time', async () => {
    const { channel, driver } = setUp({}, {}, 30);
    const bundle = { inputData: { field_name: 'zap', field_values: ['TRUE'] }, meta: {} };
    const [first, second] = [await driver.perform(bundle), await driver.perform(bundle)];
    expect(first).toHaveLength(30);
    expect(second).toEqual(first);
    expect(channel.requests).toBe(6);
  });

  it('for the editor returns a few contacts, each with a version', async () => {
    const { returned } = await setUp({}, {}, 35).zap.sample();
    expect(returned).toHaveLength(10);
    expect(returned[0]).toMatchObject({ version: expect.stringMatching(/^[\w-]{10}$/) });
  });

  it.each([
    [
      { field_values: [] },
      'The Field Values field is empty. Fill in at least one value to watch, like TRUE.',
    ],
    [
      { field_values: Array.from({ length: 11 }, (_, index) => `value ${index}`) },
      'The Field Values field has 11 values. Watch at most 10 in one Zap.',
    ],
    [{ field_name: ' ' }, 'The Field ID field is empty. Choose a field, or enter the ID of a custom field.'],
  ])('refuses %j before anything is sent', async (inputs, sentence) => {
    const { channel, zap } = setUp({}, { inputs });
    expect(failureOf(await zap.poll())).toEqual({ kind: 'HaltedError', sentence });
    expect(channel.requests).toBe(0);
  });
});

describe('Switching on', () => {
  it.each([{}, plan])('starts the Zap for nothing that is there: %j', async (watched) => {
    const { channel, zap, poll } = setUp({}, watched, 480);
    expect((await zap.switchOn()).returned).toHaveLength(480);
    for (let polls = 0; polls < 3; polls += 1) {
      channel.now += 3601;
      expect(await poll()).toEqual([]);
    }
  });

  it('again starts it for nothing that changed while the Zap was off', async () => {
    const { channel, driver, zap, poll } = await switchedOn({}, plan, 30);
    for (const person of channel.people) field('plan', 'Gold')(channel, person);
    channel.now += 400_000;
    driver.fail('writes');
    await zap.switchOn();
    driver.fail('nothing');
    expect(await poll()).toEqual([]);
  });

  it.each<[string, ChannelOptions['meta'], number, number, number]>([
    ['one request, if that shows all', 'full', 10, 0.05, 1],
    ['two readings otherwise', 'full', 25, 0.05, 6],
    ['two readings otherwise', 'none', 500, 0.05, 100],
    ['one reading, if nothing moved and there is no time for another', 'full', 400, 0.4, 62],
  ])('takes %s: meta %s, %i contacts, %d s a request', async (_, meta, count, latency, requests) => {
    const { zap, poll } = setUp({ meta, latency }, {}, count);
    expect(await zap.switchOn()).toMatchObject({ requests });
    expect(await poll()).toEqual([]);
  });

  it.each(['newest', 'oldest', 'hash'] as const)(
    'takes no bystander of a swap for new, %s first',
    async (sort) => {
      for (const request of [2, 3, 4]) {
        const { channel, zap } = setUp({ sort }, {}, 40);
        onRequest(channel, request, () => swap(channel, channel.page('TRUE', 1)[3]));
        await zap.switchOn();
        channel.now += 3601;
        await zap.poll();
        expect(zap.falselyFired).toEqual([]);
      }
    },
  );

  it('reads a list that never stands still three times', async () => {
    const { channel, zap, poll } = setUp({}, {}, 15);
    channel.beforeAnswer = (request) => {
      if (request <= 6 && request % 2 === 0) channel.create(['TRUE']);
      return undefined;
    };
    expect(await zap.switchOn()).toMatchObject({ requests: 6 });
    expect(await poll()).toEqual(['cus_17']);
  });

  it.each<[string, Partial<ChannelOptions>, number, string]>([
    ['at 0.6 s a request', { latency: 0.6 }, 41, 'Only 410 contacts'],
    ['because the list moves', {}, 100, 'Only 484 contacts'],
  ])('fails if there is no time to read all, %s', async (_, options, requests, read) => {
    const { channel, zap } = setUp(options, {}, 480);
    channel.beforeAnswer = (request) => {
      if (request % 20 === 0 && options.latency === undefined) channel.create(['TRUE']);
      return undefined;
    };
    const on = await zap.switchOn();
    expect(on.requests).toBe(requests);
    const sentence = expect.stringMatching(
      new RegExp(
        `^${read} with a watched value could be read in time, and switching on must read all. Watch a v`,
      ),
    );
    expect(failureOf(on)).toEqual({ kind: 'AppError', code: 'too_slow', sentence });
  });

  it.each([
    [403, 'AppError'],
    [429, 'ThrottledError'],
  ])('fails if a request is answered with %i', async (status, kind) => {
    const { channel, zap } = setUp({}, {}, 30);
    failFrom(channel, 2, status);
    expect(failureOf(await zap.switchOn())).toMatchObject({ kind });
  });
});
