import { describe, expect, it, jest } from '@jest/globals';
import { failure } from '../../support/failure.ts';
import { type Model, useModel } from './model.ts';

// Mutation testing runs these examples for each fault; the histories run over HTTP.
const start = useModel({ isOverHttp: false });

function createMany(model: Model, count: number, value = 'TRUE'): void {
  for (let index = 0; index < count; index += 1) model.create({ zap: value });
}

const refused = { status: 403, body: '{"status":"error","message":"Not now"}' };
const throttled = { status: 429, body: '{"status":"error","message":"Too many requests"}' };

describe('Updated Contact', () => {
  it('starts the Zap when an old contact gets the value, once', async () => {
    const { model, zap, poll } = start();
    createMany(model, 3);
    const old = model.create({ zap: 'FALSE' });
    await zap.switchOn();
    expect((await poll()).fired).toEqual([]);
    old.custom_fields.zap = 'TRUE';
    expect((await poll()).fired).toEqual([old.id]);
    expect((await poll()).fired).toEqual([]);
  });

  it('does not start it again for the same contact where nothing is watched', async () => {
    const { model, zap, poll } = start();
    await zap.switchOn();
    const person = model.create({ zap: 'TRUE' });
    expect((await poll()).fired).toEqual([person.id]);
    person.custom_fields.zap = 'FALSE';
    await poll();
    person.custom_fields.zap = 'TRUE';
    expect((await poll()).fired).toEqual([]);
  });

  it('starts it each time where a workflow writes the time into a watched field', async () => {
    const { model, zap, poll } = start({ watched_fields: ['zap_at'] });
    await zap.switchOn();
    const person = model.create({ zap: 'TRUE', zap_at: '10:00' });
    expect((await poll()).fired).toEqual([person.id]);
    person.custom_fields.zap = 'FALSE';
    expect((await poll()).fired).toEqual([]);
    Object.assign(person.custom_fields, { zap: 'TRUE', zap_at: '10:05' });
    expect((await poll()).fired).toEqual([person.id]);
    expect((await poll()).fired).toEqual([]);
  });

  it('starts it when a watched field or the tags change, and for nothing else', async () => {
    const { model, zap, poll } = start({ watched_fields: ['plan', 'tags'] });
    const person = model.create({ zap: 'TRUE' }, ['a', 'b']);
    await zap.switchOn();
    Object.assign(person.custom_fields, { plan: null, firstName: 'Ana' });
    expect((await poll()).fired).toEqual([]);
    person.custom_fields.plan = '';
    expect((await poll()).fired).toEqual([]);
    person.custom_fields.plan = 'Gold';
    expect((await poll()).fired).toEqual([person.id]);
    person.tags = ['b', 'a'];
    expect((await poll()).fired).toEqual([]);
    person.tags = ['b'];
    expect((await poll()).fired).toEqual([person.id]);
  });

  it('takes a field that holds a list for another value where something in the list changes', async () => {
    const { model, zap, poll } = start({ watched_fields: ['cart'] });
    const person = model.create({ zap: 'TRUE', cart: [{ shoes: 1 }] });
    await zap.switchOn();
    expect((await poll()).fired).toEqual([]);
    person.custom_fields.cart = [{ shoes: 2 }];
    expect((await poll()).fired).toEqual([person.id]);
  });

  it('gives each contact its version, newest first', async () => {
    const { model, poll, zap } = start();
    model.order = 'oldest first';
    await zap.switchOn();
    model.create({ zap: 'TRUE' });
    model.now += 5;
    model.create({ zap: 'TRUE' });
    const { returned } = await poll();
    expect(returned.map(({ id }) => id)).toEqual(['cus_1', 'cus_0']);
    expect(returned[0]).toMatchObject({ version: expect.stringMatching(/^[\w-]{10}$/), tags: [] });
  });

  it('watches several values', async () => {
    const { model, zap, poll } = start({ field_values: ['Gold', 'Silver'] });
    await zap.switchOn();
    const gold = model.create({ zap: 'Gold' });
    const silver = model.create({ zap: 'Silver' });
    model.create({ zap: 'Bronze' });
    expect((await poll()).fired.sort()).toEqual([gold.id, silver.id]);
  });
});

describe('What Updated Contact costs', () => {
  it.each([
    [10, 1],
    [100, 10],
    [500, 50],
  ])('%i contacts: one request where nothing changed, %i where something did', async (count, pages) => {
    const { model, zap, poll } = start();
    createMany(model, count - 1);
    const last = model.create({ zap: 'FALSE' });
    await zap.switchOn();
    expect((await poll()).requests).toBe(1);
    last.custom_fields.zap = 'TRUE';
    expect(await poll()).toMatchObject({ requests: pages, fired: [last.id] });
    expect((await poll()).requests).toBe(1);
  });

  it('reads everything in every poll where something is watched', async () => {
    const { model, zap, poll } = start({ watched_fields: ['plan'] });
    createMany(model, 100);
    await zap.switchOn();
    expect((await poll()).requests).toBe(10);
  });

  it('reads everything once an hour, and finds a contact that came as another went', async () => {
    const { model, zap, poll } = start();
    model.order = 'oldest first';
    createMany(model, 30);
    const late = model.create({ zap: 'FALSE' });
    // However long the requests of the test take.
    jest.spyOn(Date, 'now').mockReturnValue(0);
    await zap.switchOn();
    Object.assign(late.custom_fields, { zap: 'TRUE' });
    Object.assign(model.people[3]?.custom_fields ?? {}, { zap: 'FALSE' });
    model.now += 3599;
    expect(await poll()).toMatchObject({ requests: 1, fired: [] });
    model.now += 1;
    expect((await poll()).fired).toEqual([late.id]);
  });

  it('finds it at once where it stands on the first page', async () => {
    const { model, zap, poll } = start();
    createMany(model, 30);
    await zap.switchOn();
    createMany(model, 1);
    Object.assign(model.people[3]?.custom_fields ?? {}, { zap: 'FALSE' });
    expect(await poll()).toMatchObject({ requests: 1, fired: ['cus_30'] });
  });

  it('reads everything again where a contact came and another went while it was read', async () => {
    const { model, zap, poll } = start();
    createMany(model, 40);
    const late = model.people[25];
    Object.assign(late?.custom_fields ?? {}, { zap: 'FALSE' });
    await zap.switchOn();
    createMany(model, 1);
    model.beforeAnswer = (request) => {
      // It comes to a page that has been read, and the count stays the same.
      if (request === 3) {
        Object.assign(late?.custom_fields ?? {}, { zap: 'TRUE' });
        Object.assign(model.people[0]?.custom_fields ?? {}, { zap: 'FALSE' });
      }
      return undefined;
    };
    expect((await poll()).fired).toEqual(['cus_40']);
    model.beforeAnswer = () => undefined;
    expect((await poll()).fired).toEqual(['cus_25']);
  });

  it('reads everything in every poll where the API does not say how many there are', async () => {
    const { model, zap, poll } = start();
    model.hasMeta = false;
    createMany(model, 25);
    await zap.switchOn();
    expect((await poll()).requests).toBe(3);
  });
});

describe('The memory of Updated Contact', () => {
  it('is not written where nothing changed', async () => {
    const { model, zap, poll } = start();
    createMany(model, 30);
    await zap.switchOn();
    model.refusesWrites = true;
    for (let polls = 0; polls < 2; polls += 1) expect((await poll()).requests).toBe(1);
  });

  it('is of what was watched: where the user watches something else, everything is read', async () => {
    const { model, zap, startZap } = start();
    createMany(model, 30);
    createMany(model, 30, 'yes');
    await zap.switchOn();
    await startZap({ field_values: ['yes'] }).poll();
    expect(model.requests).toHaveLength(3);
  });

  it('is not shared by two Zaps that the platform does not tell apart', async () => {
    const { model, zap, startZap } = start();
    Object.assign(model, { hasZapId: false, order: 'oldest first' });
    createMany(model, 25);
    const other = startZap();
    await zap.switchOn();
    await other.switchOn();
    const person = model.create({ zap: 'TRUE' });
    expect((await zap.poll()).fired).toMatchObject([{ id: person.id }]);
    expect((await other.poll()).fired).toMatchObject([{ id: person.id }]);
  });

  it('does not last because the clock of the server was ahead for a while', async () => {
    const { model, zap, poll } = start();
    model.order = 'oldest first';
    createMany(model, 30);
    const late = model.create({ zap: 'FALSE' });
    model.now += 400_000_000;
    await zap.switchOn();
    model.now -= 400_000_000;
    Object.assign(late.custom_fields, { zap: 'TRUE' });
    Object.assign(model.people[3]?.custom_fields ?? {}, { zap: 'FALSE' });
    expect((await poll()).fired).toEqual([late.id]);
  });

  it('is removed where a newer one cannot be written, so that no poll goes on at an old place', async () => {
    const { model, zap, poll } = start({ watched_fields: ['plan'] });
    createMany(model, 30);
    await zap.switchOn();
    model.beforeAnswer = (request) => (request === 3 ? throttled : undefined);
    await poll();
    model.refusesWrites = true;
    model.beforeAnswer = () => undefined;
    expect((await poll()).requests).toBe(1);
    expect((await poll()).requests).toBe(3);
  });
});

describe('More than 500 contacts', () => {
  it.each([true, false])(
    'are refused in a sentence that says what to watch instead, meta: %s',
    async (hasMeta) => {
      const { model, zap } = start({ field_values: ['TRUE', 'yes'] });
      model.hasMeta = hasMeta;
      createMany(model, 495);
      createMany(model, 6, 'yes');
      expect(await failure(zap.switchOn())).toEqual({
        kind: 'AppError',
        code: 'too_many_contacts',
        sentence:
          '501 contacts have one of the watched values. Updated Contact can watch at most 500. Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.',
      });
    },
  );

  it('are too many in a later poll, too, which loses nothing', async () => {
    const { model, zap, poll } = start();
    createMany(model, 500);
    await zap.switchOn();
    const last = model.create({ zap: 'TRUE' });
    expect(await failure(poll())).toMatchObject({ code: 'too_many_contacts' });
    Object.assign(model.people[0]?.custom_fields ?? {}, { zap: 'FALSE' });
    model.now += 3601;
    expect((await poll()).fired).toEqual([last.id]);
  });
});

describe('A poll of Updated Contact that fails', () => {
  it('returns nothing, and loses nothing', async () => {
    const { model, zap, poll } = start();
    createMany(model, 25);
    await zap.switchOn();
    createMany(model, 5);
    model.beforeAnswer = (request) => (request === 2 ? refused : undefined);
    expect(await failure(poll())).toMatchObject({ kind: 'AppError', status: 403 });
    model.beforeAnswer = () => undefined;
    expect((await poll()).fired).toHaveLength(5);
  });

  it('goes on where the API allowed no more requests, so that every contact gets its turn', async () => {
    const { model, zap, poll } = start({ watched_fields: ['plan'] });
    createMany(model, 100);
    await zap.switchOn();
    for (const person of model.people) person.custom_fields.plan = 'Gold';
    model.beforeAnswer = (request) => (request === 4 ? throttled : undefined);
    const fired = [];
    for (let polls = 0; polls < 4; polls += 1) fired.push((await poll()).fired.length);
    expect(fired).toEqual([30, 30, 30, 10]);
  });

  it('goes on with the next value where the list has become shorter than that, though no page size is told', async () => {
    const { model, zap, poll } = start({ watched_fields: ['plan'], field_values: ['TRUE', 'yes'] });
    createMany(model, 100);
    createMany(model, 1, 'yes');
    await zap.switchOn();
    model.hasPageSize = false;
    model.beforeAnswer = (request) => (request === 10 ? throttled : undefined);
    await poll();
    model.beforeAnswer = () => undefined;
    for (const { custom_fields } of model.people.slice(0, 20)) custom_fields.zap = 'FALSE';
    expect((await poll()).requests).toBe(2);
  });

  it('returns what it read where the API allows no request for the second value', async () => {
    const { model, zap, poll } = start({ field_values: ['TRUE', 'yes'] });
    createMany(model, 25);
    createMany(model, 1, 'yes');
    await zap.switchOn();
    model.beforeAnswer = (request) => (request === 2 ? throttled : undefined);
    expect((await poll()).returned).toHaveLength(10);
    model.beforeAnswer = () => undefined;
    expect((await poll()).requests).toBe(3);
  });

  it('is told to wait where nothing could be read', async () => {
    const { model, zap, poll } = start();
    await zap.switchOn();
    model.beforeAnswer = () => throttled;
    expect(await failure(poll())).toMatchObject({ kind: 'ThrottledError' });
  });

  it('begins again where its memory is gone', async () => {
    const { model, zap, poll } = start();
    createMany(model, 25);
    await zap.switchOn();
    createMany(model, 1);
    expect(await poll(true)).toMatchObject({ requests: 3, fired: ['cus_25'] });
  });
});

describe('Switching Updated Contact on', () => {
  it.each([{}, { watched_fields: ['plan'] }])(
    'starts the Zap for nothing that is there: %j',
    async (inputs) => {
      const { model, zap, poll } = start(inputs);
      createMany(model, 480);
      await zap.switchOn();
      for (let polls = 0; polls < 3; polls += 1) {
        model.now += 3601;
        expect((await poll()).fired).toEqual([]);
      }
    },
  );

  it.each([
    [25, 6, 3],
    [500, 100, 50],
  ])(
    'reads %i contacts twice, as far as that is possible, where the API does not say how many there are',
    async (count, requests, requestsOfPoll) => {
      const { model, zap, poll } = start();
      model.hasMeta = false;
      createMany(model, count);
      expect((await zap.switchOn()).returned).toHaveLength(count);
      expect(model.requests).toHaveLength(requests);
      expect(await poll()).toMatchObject({ fired: [], requests: requestsOfPoll });
      expect((await poll()).fired).toEqual([]);
    },
  );

  it('fails where contacts moved in a list that is too long to be read again', async () => {
    const { model, zap } = start();
    model.hasMeta = false;
    createMany(model, 499);
    model.beforeAnswer = (request) => {
      if (request === 2) createMany(model, 1);
      return undefined;
    };
    expect(await failure(zap.switchOn())).toMatchObject({ code: 'too_slow' });
  });

  it('fails where the list never stands still, for what was not read would start the Zap later', async () => {
    const { model, zap } = start();
    createMany(model, 480);
    model.beforeAnswer = (request) => {
      if (request % 40 === 0) createMany(model, 1);
      return undefined;
    };
    expect(await failure(zap.switchOn())).toMatchObject({ code: 'too_slow' });
    expect(model.requests).toHaveLength(100);
  });

  it.each([
    [['TRUE'], 6],
    [['TRUE', 'yes'], 8],
  ])('reads again where a list of %j moved while it was read', async (field_values, requests) => {
    const { model, zap, poll } = start({ field_values });
    createMany(model, 30);
    createMany(model, 1, 'yes');
    model.beforeAnswer = (request) => {
      // The contacts that follow move to a page that has been read.
      if (request === 2) Object.assign(model.people[29]?.custom_fields ?? {}, { zap: 'FALSE' });
      return undefined;
    };
    await zap.switchOn();
    expect(model.requests).toHaveLength(requests);
    model.beforeAnswer = () => undefined;
    model.now += 3601;
    expect((await poll()).fired).toEqual([]);
  });

  it('reads a third time where only the second reading shows that one of the lists moved', async () => {
    const { model, zap } = start({ field_values: ['TRUE', 'yes'] });
    model.hasMeta = false;
    createMany(model, 15);
    createMany(model, 1, 'yes');
    model.beforeAnswer = (request) => {
      if (request === 6) createMany(model, 1);
      return undefined;
    };
    expect((await zap.switchOn()).returned).toHaveLength(17);
    expect(model.requests).toHaveLength(12);
  });

  it('reads a list that never stands still three times', async () => {
    const { model, zap, poll } = start();
    createMany(model, 15);
    model.beforeAnswer = (request) => {
      if (request % 2 === 0) createMany(model, 1);
      return undefined;
    };
    await zap.switchOn();
    expect(model.requests).toHaveLength(6);
    model.beforeAnswer = () => undefined;
    expect(await poll()).toMatchObject({ requests: 2, fired: ['cus_17'] });
  });

  it.each([
    [refused, 'AppError'],
    [throttled, 'ThrottledError'],
  ])('fails where not everything can be read: %j', async (answer, kind) => {
    const { model, zap } = start();
    createMany(model, 30);
    model.beforeAnswer = (request) => (request === 2 ? answer : undefined);
    expect(await failure(zap.switchOn())).toMatchObject({ kind });
  });
});

describe('Updated Contact, polled without a Zap ID', () => {
  const poll = { inputData: { field_name: 'zap', field_values: ['TRUE'] }, meta: {} };

  it('returns everything each time', async () => {
    const { model, run } = start();
    createMany(model, 30);
    for (let polls = 0; polls < 2; polls += 1) {
      expect(await run('triggers.updated_contact', poll)).toHaveLength(30);
      expect(model.requests).toHaveLength(3);
    }
  });

  it('goes on where a limit stopped the last poll', async () => {
    const { model, run } = start();
    createMany(model, 30);
    model.beforeAnswer = (request) => (request === 3 ? throttled : undefined);
    expect(await run('triggers.updated_contact', poll)).toHaveLength(20);
    expect(await run('triggers.updated_contact', poll)).toHaveLength(10);
  });
});

it.each([
  [{ field_values: [] }, 'The Field Values field is empty. Fill in at least one value to watch, like TRUE.'],
  [
    { field_values: Array.from({ length: 11 }, (_, index) => `value ${index}`) },
    'The Field Values field has 11 values. Watch at most 10 in one Zap.',
  ],
  [
    { watched_fields: [{ name: 'plan' }] },
    'The Watched Fields field contains something other than text, a number or yes/no. Map a single value into it.',
  ],
  [{ field_name: ' ' }, 'The Field ID field is empty. Choose a field, or enter the ID of a custom field.'],
])('Updated Contact refuses %j before anything is sent', async (inputs, sentence) => {
  const { model, poll } = start(inputs);
  expect(await failure(poll())).toEqual({ kind: 'HaltedError', sentence });
  expect(model.requests).toEqual([]);
});
