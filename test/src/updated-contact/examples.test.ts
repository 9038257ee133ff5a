import { describe, expect, it } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { type Poll, withoutCore, Zap, type ZapOptions } from '../../support/zap-model.ts';

// docs/updated-contact.md refers to these tests by title. They run without the platform's core; histories.test.ts also uses it.

/** Sets up a channel with `count` contacts and a Zap. The Zap watches `zap` = `TRUE` unless `watched` says otherwise. */
function setUp(options: Partial<ChannelOptions> = {}, watched: ZapOptions = {}, count = 0) {
  const channel = new Channel(options);
  const driver = withoutCore(channel, 'updated_contact');
  channel.fill(['TRUE'], count, 300);
  const again = () => new Zap(channel, driver, watched);
  const zap = again();
  /** Polls once a minute. `fired` returns the contacts that started the Zap, and `costs` the number of requests. */
  const later = async <T>(polls: number, read: (poll: Poll) => T) => {
    const made: T[] = [];
    for (let each = 0; each < polls; each += 1) {
      channel.now += 60;
      made.push(read(await zap.poll()));
    }
    return made;
  };
  const fired = (polls: number) => later(polls, (poll) => (poll.error ? 'error' : poll.fired));
  const costs = (polls: number) => later(polls, ({ requests }) => requests);
  // `person` is the first contact of the list. If `count` is 0, it is one without the value.
  const [person = channel.create([])] = channel.people;
  return { channel, driver, zap, again, fired, costs, person };
}

/** Calls `setUp`, and switches the Zap on. */
async function switchedOn(...given: Parameters<typeof setUp>) {
  const setting = setUp(...given);
  await setting.zap.switchOn();
  return setting;
}

const watching = (...watched_fields: string[]): ZapOptions => ({ inputs: { watched_fields } });
const plan = watching('plan');
const failureOf = ({ error }: Poll) => error && readFailure(error);

/** From now on, `act` runs before each request; the next request is 1. If `act` returns a status, that is the answer. */
function onRequest(channel: Channel, act: (request: number) => unknown): void {
  const first = channel.requests;
  const body = '{"status":"error","message":"Not now","data":[]}';
  channel.beforeAnswer = (request) => {
    const status = act(request - first);
    return typeof status === 'number' ? { status, body } : undefined;
  };
}

/** One contact leaves and a new one comes, so the total does not change. Returns the ID of the new one. */
function swap(channel: Channel, leaving: Person): string {
  channel.change(leaving);
  return channel.create(['TRUE']).id;
}

type Change = { zap?: string | undefined; tags?: string[] } & Record<string, unknown>;
function set(channel: Channel, person: Person, { zap, tags = person.tags, ...fields }: Change): void {
  channel.touch(person, { tags, fields: { ...person.fields, ...fields } });
  if (zap !== undefined) channel.change(person, zap || undefined);
}
const [yes, no] = [{ zap: 'TRUE' }, { zap: '' }];

type Row = [string, ZapOptions, (Change | Change[])[], number[]];
/** Makes the changes one after another. After each, two polls start the Zap as often as `starts` says. */
const play = async (...[, watched, changes, starts]: Row) => {
  const { channel, zap, fired, person: unreadable } = setUp({}, watched, 3);
  unreadable.isDamaged = true;
  await zap.switchOn();
  const person = channel.create([], 1000);
  for (const [index, change] of changes.entries()) {
    for (const each of [change].flat()) set(channel, person, each);
    expect(await fired(2)).toEqual([starts[index] ? [person.id] : [], []]);
  }
};

describe('Every change starts the Zap', () => {
  it.each<Row>([
    ['a change back', { values: ['a', 'b'] }, ['a', 'b', 'a', 'b'].map((zap) => ({ zap })), [1, 1, 1, 1]],
    ['a watched field', plan, [yes, { plan: 'a' }, { plan: 'b' }, { plan: 'a' }], [1, 1, 1, 1]],
    ['a tag', watching('tags'), [yes, { tags: ['a'] }, { tags: [] }, { tags: ['a'] }], [1, 1, 1, 1]],
    ['a value that is lost and got again', {}, [yes, no, yes, no, yes], [1, 0, 1, 0, 1]],
    ['empty, a bare false, true', watching('x'), [yes, { x: false }, { x: true }], [1, 1, 1]],
    ['something within a list', watching('x'), [yes, { x: [{ a: 1 }] }, { x: [{ a: 2 }] }], [1, 1, 1]],
  ])('%s', play);

  it('of 500 contacts at once', async () => {
    const { channel, fired } = await switchedOn({ sort: 'hash' }, plan, 500);
    for (const person of channel.people) set(channel, person, { plan: 'Gold' });
    expect((await fired(1)).flat()).toHaveLength(500);
  });

  it('a contact in the lists of two watched values starts it once', async () => {
    const { channel, zap, fired } = setUp({}, { values: ['TRUE', 'true'] });
    channel.fill(['TRUE', 'true'], 300, 300);
    expect((await zap.switchOn()).returned).toHaveLength(300);
    const { id } = channel.create(['TRUE', 'true']);
    expect((await fired(2)).flat()).toEqual([id]);
  });

  it.each([
    [5, 1],
    [200, 1],
    [480, 2],
  ])('a return to %i contacts, after %i polls without it', async (count, polls) => {
    const { channel, fired, person } = await switchedOn({}, {}, count);
    set(channel, person, no);
    expect((await fired(polls)).flat()).toEqual([]);
    set(channel, person, yes);
    expect(await fired(1)).toEqual([[person.id]]);
  });

  it('a return after more contacts went than are remembered', async () => {
    const { channel, fired, person } = await switchedOn();
    set(channel, person, yes);
    for (let round = 0; round < 4; round += 1) {
      await fired(1);
      for (const each of channel.people) set(channel, each, no);
      await fired(1);
      for (let index = 0; index < 300; index += 1) channel.create(['TRUE']);
    }
    await fired(1);
    set(channel, person, yes);
    expect(await fired(1)).toEqual([[person.id]]);
  });
});

describe('Does not start the Zap:', () => {
  it.each<Row>([
    [
      'the order of tags',
      watching('tags'),
      [yes, { tags: ['a', 'b'] }, { tags: ['b', 'a', 'a'] }],
      [1, 1, 0],
    ],
    ['what comes and goes, or goes and comes', {}, [[yes, no], yes, [no, yes]], [0, 1, 0]],
    ['a field that was missing and is empty', plan, [yes, { plan: '' }, { plan: null }], [1, 0, 0]],
    ['TRUE that becomes true', { values: ['TRUE', 'true'] }, [yes, { zap: 'true' }], [1, 0]],
    ['another field', plan, [yes, { note: 'x' }], [1, 0]],
  ])('%s', play);

  it('a change back that follows one which could not be remembered, nor the next to the same', async () => {
    const { channel, driver, fired, person } = await switchedOn({}, plan, 3);
    const starts: unknown[] = [];
    for (const plan of ['a', '', 'a', '', 'a']) {
      driver.fail(starts.length === 0 ? 'writes' : 'nothing');
      set(channel, person, { plan });
      starts.push(...(await fired(1)));
    }
    expect(starts).toEqual([[person.id], [], [], [person.id], [person.id]]);
  });
});

describe('No change starts the Zap twice', () => {
  it('if its answer never reaches Zapier: polls return it again for an hour or more', async () => {
    const { channel, again, zap } = await switchedOn({}, plan, 30);
    const { id } = channel.create(['TRUE']);
    const counts = [(await again().poll()).returned.length];
    for (let polls = 0; polls < 5; polls += 1) {
      channel.now += 1700;
      counts.push((await zap.poll()).returned.length);
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 0]);
    expect([...zap.fired]).toEqual([[id, 1]]);
  });
});

describe('Nothing starts the Zap without a change', () => {
  it('if readings passed a contact over because others moved', async () => {
    const { channel, fired, person } = await switchedOn({ sort: 'oldest' }, plan, 20);
    // As the first contact leaves during a reading, the eleventh moves to the page that has already been read.
    onRequest(channel, (request) => request <= 4 && set(channel, person, request % 2 === 0 ? no : yes));
    expect(await fired(3)).toEqual([[], [], []]);
  });

  it('if a contact could not be read for a while', async () => {
    const { fired, person } = await switchedOn({}, plan, 3);
    for (const isDamaged of [true, true, false]) {
      person.isDamaged = isDamaged;
      expect(await fired(1)).toEqual([[]]);
    }
  });
});

describe('A lost memory', () => {
  it.each([
    ['fields unwatched', {}],
    ['a field watched', plan],
  ])('starts nothing; what changes from then on starts the Zap: %s', async (_, watched) => {
    const { channel, driver, fired, person } = await switchedOn({}, watched, 30);
    for (const change of [no, yes, no, yes]) {
      set(channel, person, change);
      await fired(1);
    }
    driver.forget();
    expect(await fired(1)).toEqual([[]]);
    for (const change of [no, yes, no, yes]) {
      set(channel, person, change);
      expect(await fired(1)).toEqual([change === yes ? [person.id] : []]);
    }
  });

  it('is another thing than one that cannot be read: that poll fails, and the next one catches up', async () => {
    const { channel, driver, zap, fired } = await switchedOn();
    const { id } = channel.create(['TRUE']);
    driver.fail('reads');
    expect(failureOf(await zap.poll())).toMatchObject({ code: 'memory_unread' });
    driver.fail('nothing');
    expect(await fired(1)).toEqual([[id]]);
  });

  it('of a list that never stands still is over after three readings', async () => {
    const { channel, driver, fired } = await switchedOn({ sort: 'oldest' }, {}, 15);
    driver.forget();
    channel.options.latency = 5;
    onRequest(channel, (request) => request % 2 === 0 && channel.create(['TRUE']));
    expect(await fired(3)).toEqual([[], [], [expect.any(String)]]);
  });

  it('is that of what was watched: whoever watches something else begins anew', async () => {
    const { channel, driver } = await switchedOn();
    channel.create(['yes']);
    expect((await new Zap(channel, driver, { values: ['yes'] }).poll()).returned).toEqual([]);
  });

  it('is not written while nothing changes, unless one of its two keys is lost', async () => {
    const { driver, fired } = await switchedOn({}, plan, 30);
    const written: string[] = [];
    driver.onWrite = (key) => written.push(key);
    expect((await fired(70)).flat()).toEqual([]);
    expect(written).toEqual([]);
    driver.forget((key) => key.endsWith(':copy'));
    await fired(1);
    expect(Object.keys(driver.cache).sort()).toEqual(written);
  });
});

describe('What a poll costs', () => {
  it.each([
    [10, 1, [1, 1]],
    [100, 10, [20, 1]],
    [500, 50, [50, 50, 1]],
  ])(
    '%i contacts: 1 request if nothing changed, %i if one began to match, %j if one lost the value',
    async (count, pages, lost) => {
      const { channel, costs, person } = await switchedOn({}, {}, count - 1);
      expect(await costs(1)).toEqual([1]);
      channel.create(['TRUE'], 10_000);
      expect(await costs(3)).toEqual([pages, 1, 1]);
      set(channel, person, no);
      expect(await costs(lost.length)).toEqual(lost);
    },
  );

  it.each<[string, Partial<ChannelOptions>, ZapOptions]>([
    ['fields are watched', {}, plan],
    ['the API does not tell how many there are', { meta: 'none' }, {}],
    ['Zapier does not tell which Zap polls', {}, { id: null }],
  ])('every poll reads everything if %s', async (_, options, watched) => {
    const { costs } = await switchedOn(options, watched, 95);
    expect(await costs(2)).toEqual([10, 10]);
  });

  it.each<[string, string[], number, Partial<ChannelOptions>, number[]]>([
    ['495 contacts in three values', ['a', 'b', 'c'], 495, {}, [50, 1, 3, 3]],
    ['420 contacts at 0.6 s a request', ['TRUE'], 420, { latency: 0.6 }, [41, 1, 1, 1]],
  ])('a reading that took two polls counts as one: %s', async (_, values, count, options, expected) => {
    const { channel, zap, costs } = setUp({}, { values });
    for (const value of values) channel.fill([value], count / values.length - 1, 300);
    await zap.switchOn();
    Object.assign(channel.options, options);
    for (const value of values) channel.create([value], 10_000);
    expect(await costs(4)).toEqual(expected);
  });

  it('everything is read once an hour, which finds who came as another went', async () => {
    const { channel, zap, costs, person } = await switchedOn({ sort: 'oldest', latency: 0 }, {}, 30);
    const id = swap(channel, person);
    channel.now += 3539;
    expect(await costs(1)).toEqual([1]);
    channel.now += 1;
    expect((await zap.poll()).fired).toEqual([id]);
  });

  it('who came is found at once on a first page, and so is who went', async () => {
    const { channel, fired, person } = await switchedOn({}, {}, 30);
    const id = swap(channel, person);
    expect(await fired(1)).toEqual([[id]]);
    set(channel, person, yes);
    expect(await fired(1)).toEqual([[person.id]]);
  });

  it('a clock of the server that was ahead for a while spares nothing', async () => {
    const { channel, fired, person } = await switchedOn({ sort: 'oldest', dateAhead: 400_000_000 }, {}, 30);
    channel.options.dateAhead = 0;
    const id = swap(channel, person);
    expect(await fired(1)).toEqual([[id]]);
  });
});

describe('A poll', () => {
  it.each<['full' | 'none', string[]]>([
    ['full', ['TRUE', 'yes']],
    ['none', ['TRUE', 'yes']],
    ['full', ['TRUE']],
  ])('refuses more than 500 contacts: meta %s, %j', async (meta, values) => {
    const { channel, zap, person } = setUp({ meta }, { values }, 495);
    channel.fill([values.at(-1) ?? ''], 6, 300);
    for (const value of values) channel.match(person, value);
    expect(failureOf(await zap.switchOn())).toEqual({
      kind: 'AppError',
      code: 'too_many_contacts',
      sentence:
        '501 contacts have one of the watched values. Updated Contact can watch at most 500. Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.',
    });
  });

  it.each([
    ['one poll', ['TRUE'], ['error', 'error']],
    ['two polls', ['TRUE', 'a', 'b', 'c'], [['cus_500'], 'error', [], 'error']],
  ])('that finds too many loses nothing, if %s can read them', async (_, values, found) => {
    const { channel, zap, fired, person } = setUp({ sort: 'oldest' }, { values }, 501 - values.length);
    for (const value of values.slice(1)) channel.create([value], 1000);
    await zap.switchOn();
    const { id } = channel.create([values.at(-1) ?? '']);
    expect(await fired(found.length)).toEqual(found);
    set(channel, person, no);
    await fired(2);
    expect([...zap.fired]).toEqual([[id, 1]]);
  });

  it('goes on in the next poll if the API allowed no more requests, so that every contact gets its turn', async () => {
    const { channel, fired } = await switchedOn({}, plan, 100);
    for (const person of channel.people) set(channel, person, { plan: 'Gold' });
    onRequest(channel, (request) => request % 4 === 0 && 429);
    expect((await fired(4)).map(({ length }) => length)).toEqual([30, 30, 30, 10]);
  });

  it('goes on with the second value if the API allowed only the first', async () => {
    const { channel, fired } = await switchedOn({}, { values: ['TRUE', 'yes'] });
    const { id } = channel.create(['yes']);
    onRequest(channel, (request) => request === 2 && 429);
    expect(await fired(2)).toEqual([[], [id]]);
  });

  it('by a program that says nothing of a Zap returns all that is there, each time', async () => {
    const { channel, driver } = setUp({}, {}, 30);
    const bundle = { inputData: { field_name: 'zap', field_values: ['TRUE'] }, meta: {} };
    const [first, second] = [await driver.perform(bundle), await driver.perform(bundle)];
    expect(first).toHaveLength(30);
    expect(second).toEqual(first);
    expect(driver.cache).toEqual({});
    expect(channel.requests).toBe(6);
  });

  it('for the editor returns a few contacts, each with a version', async () => {
    const { returned } = await setUp({}, {}, 35).zap.sample();
    expect(returned).toHaveLength(10);
    expect(returned[0]).toMatchObject({ version: expect.stringMatching(/^[\w-]{10}$/) });
  });
});

describe('Switching on', () => {
  it.each([
    ['fields unwatched', {}],
    ['a field watched', plan],
  ])('starts the Zap for nothing that is there: %s', async (_, watched) => {
    const { channel, zap, fired } = setUp({}, watched, 480);
    expect((await zap.switchOn()).returned).toHaveLength(480);
    for (let polls = 0; polls < 3; polls += 1) {
      channel.now += 3601;
      expect(await fired(1)).toEqual([[]]);
    }
  });

  it('again starts it for nothing that changed while the Zap was off', async () => {
    const { channel, driver, zap, fired } = await switchedOn({}, plan, 30);
    for (const person of channel.people) set(channel, person, { plan: 'Gold' });
    channel.now += 400_000;
    driver.fail('writes');
    await zap.switchOn();
    driver.fail('nothing');
    expect(await fired(1)).toEqual([[]]);
  });

  it.each<[string, ChannelOptions['meta'], number, number, number]>([
    ['one request, if that shows all', 'full', 10, 0.05, 1],
    ['two readings otherwise', 'full', 25, 0.05, 6],
    ['two readings otherwise', 'none', 500, 0.05, 100],
    ['one reading, if nothing moved and there is no time for another', 'full', 400, 0.4, 62],
  ])('takes %s: meta %s, %i contacts, %d s a request', async (_, meta, count, latency, requests) => {
    const { zap, fired } = setUp({ meta, latency }, {}, count);
    expect(await zap.switchOn()).toMatchObject({ requests });
    expect(await fired(1)).toEqual([[]]);
  });

  it('reads a list that never stands still three times', async () => {
    const { channel, zap, fired } = setUp({}, {}, 15);
    onRequest(channel, (request) => request <= 6 && request % 2 === 0 && channel.create(['TRUE']));
    expect(await zap.switchOn()).toMatchObject({ requests: 6 });
    expect(await fired(1)).toEqual([['cus_17']]);
  });

  it.each<[string, Partial<ChannelOptions>, number, number]>([
    ['at 0.6 s a request', { latency: 0.6 }, 99, 410],
    ['because the list moves', {}, 20, 484],
  ])('fails if there is no time to read all, %s', async (_, options, every, read) => {
    const { channel, zap } = setUp(options, {}, 480);
    onRequest(channel, (request) => request % every === 0 && channel.create(['TRUE']));
    const sentence = `Only ${read} contacts with a watched value could be read in time, and switching on must read all. Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.`;
    expect(failureOf(await zap.switchOn())).toEqual({ kind: 'AppError', code: 'too_slow', sentence });
  });

  it('waits if the API allows no more requests', async () => {
    const { channel, zap } = setUp({}, {}, 30);
    onRequest(channel, (request) => request >= 2 && 429);
    expect(failureOf(await zap.switchOn())).toMatchObject({ kind: 'ThrottledError' });
  });
});
