import { describe, expect, it, jest } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';
import { silence, useCore } from '../../support/zap-through-core.ts';
import { createMany, forget, switchedOn, throttled } from './examples.ts';

// The random histories and costs run through the platform's core too. Mutation testing runs these examples for each fault.
const start = withoutCore;
const startWithCore = useCore();

const HOUR = 3600;

describe('A Zap that is switched on', () => {
  it('leaves to the next poll what is created while it reads, also in the same second', async () => {
    const channel = new Channel({ sort: 'oldest' });
    channel.fill(['TRUE'], 25, 0.5);
    channel.create(['TRUE']);
    const zap = new Zap(channel, start(channel));
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
    const zap = new Zap(channel, start(channel));
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
    const values = Array.from({ length: 11 }, (_, index) => `value ${index}`);
    const { error } = await new Zap(channel, start(channel), { values }).poll();
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
      channel.answer = (query) => {
        const given = answer(query);
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

  it('whose order breaks while its total stays is read again at once', async () => {
    const { channel, zap } = await switchedOn({ sort: 'touched' }, 700);
    createMany(channel, 12);
    const before = channel.people.slice(0, 24);
    for (const person of before.slice(0, 12)) channel.remove(person);
    for (const person of before.slice(12).reverse()) {
      channel.now += 1;
      channel.touch(person);
    }
    for (let poll = 0; poll < 2; poll += 1) await zap.poll();
    expect(zap.missing).toEqual([]);
  });

  it('without order, of exactly as many contacts as a poll can read, is read whole by every poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'hash' }, 500);
    for (let poll = 0; poll < 3; poll += 1) {
      const [oldest] = channel.people.filter(({ gone }) => !gone);
      if (oldest) channel.remove(oldest);
      createMany(channel, 1);
      const { fired, requests } = await zap.poll();
      expect({ fired: fired.length, requests }).toEqual({ fired: 1, requests: 50 });
    }
  });

  it('whose last page is empty, where the API allows no second request, is read further at the next poll', async () => {
    const { channel, zap } = await switchedOn({ sort: 'oldest' }, 31);
    const [oldest] = channel.people;
    if (oldest) channel.remove(oldest);
    const first = channel.requests + 1;
    channel.beforeAnswer = (request) => (request === first ? undefined : throttled);
    const poll = await zap.poll();
    expect(poll.error).toBeUndefined();
    expect(poll).toMatchObject({ fired: [], requests: 2 });
    channel.beforeAnswer = () => undefined;
    createMany(channel, 3);
    expect((await zap.poll()).fired).toHaveLength(3);
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
  it.each(['all', 'frozen'] as const)(
    'that can be neither written nor deleted (%s) refuses to switch the Zap on',
    async (fault) => {
      const channel = new Channel();
      const driver = start(channel);
      driver.fail(fault);
      expect(readFailure((await new Zap(channel, driver).switchOn()).error).sentence).toBe(
        'Zapier could not save what this Zap has to remember. Switch the Zap on again in a few minutes.',
      );
    },
  );

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

  it.each(['reads', 'state', 'start'] as const)(
    'that cannot be read (%s) fails the poll, fires nothing false and loses nothing',
    async (what) => {
      const { channel, zap, driver } = await switchedOn({}, 20, 30);
      const early = channel.create([], HOUR);
      createMany(channel, 300);
      if (what === 'start') driver.forget((key) => !key.endsWith(':since'));
      driver.fail(what);
      expect(readFailure((await zap.poll()).error).sentence).toBe(
        'Zapier could not read what this Zap remembers, so this check was left out. The next one catches up.',
      );
      driver.fail('nothing');
      channel.match(early, 'TRUE');
      for (let poll = 0; poll < 2; poll += 1) await zap.poll();
      expect(zap.missing).toEqual([]);
      expect(zap.falselyFired).toEqual([]);
    },
  );

  it('is kept apart for each field value that is watched', async () => {
    const { channel, zap, driver } = await switchedOn({}, 20, 30);
    createMany(channel, 25);
    await new Zap(channel, driver, { values: ['FALSE'] }).switchOn();
    channel.now += 60;
    expect((await zap.poll()).fired).toHaveLength(25);
  });

  it('holds of several values that the clock of one is ahead', async () => {
    const channel = new Channel({ createdAhead: 45 });
    const zap = new Zap(channel, start(channel), { values: ['TRUE', 'FALSE'] });
    const early = channel.create([], 30);
    channel.create(['TRUE']);
    channel.now += 1;
    await zap.switchOn();
    channel.match(early, 'FALSE');
    channel.now += 60;
    await zap.poll();
    expect(zap.falselyFired).toEqual([]);
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
  const inputData = { field_name: 'zap', field_values: 'TRUE' };

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

// They take longer than those above, which find most faults first.
