import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createAppTester, type ZObject } from 'zapier-platform-core';
import App from '../../../index.ts';
import { createMarks } from '../../../src/api/marks.ts';
import { skipWaits } from '../../support/waits.ts';
import { api, authData, failure, run } from '../../support/zap.ts';

const noContact = { status: 'error', message: 'There is no such contact.' };
const done = { status: 'success', data: { id: 'cus_1' } };

const createdAlready =
  'This contact may already have been created at 10:42 UTC. It was not created again. Look for the contact first. To create it anyway, change one of its fields, or run this step again after 22:43 UTC.';

/** Steps whose request must not be made twice, and what a repeated run says if the first may already have worked. */
const onceOnly: [string, Record<string, unknown>, RegExp, string][] = [
  [
    'send_message',
    { contact_id: '60123456789', text: 'Hi' },
    /sendContent/,
    'This message may already have been sent at 10:42 UTC. It was not sent again. Check the conversation. To send it anyway, change the message, or run this step again after 22:43 UTC.',
  ],
  ['create_contact', { firstName: 'Ana' }, /contact\/$/, createdAlready],
  [
    'create_or_update_contact',
    { match_field: 'email', match_value: 'a@b.example', firstName: 'Ana' },
    /contact\/$/,
    createdAlready,
  ],
  [
    'api_request',
    { method: 'POST', path: '/contact/1/notes', query: { a: '1' }, body: '{"note":"Hi"}' },
    /notes/,
    'This request may already have worked at 10:42 UTC. It was not sent again. Check what it did. To send it anyway, change the Body field, or run this step again after 22:43 UTC.',
  ],
];

const posted = (path: RegExp) => api().post(path);
const cut = Object.assign(new Error('cut'), { code: 'ECONNRESET' });

/** After each of these ends, nobody can know whether the request did its work, so it must not be sent again. */
const unclearEnds: [string, (post: ReturnType<typeof posted>) => unknown][] = [
  ['a connection that is cut', (post) => post.replyWithError(cut)],
  ['status 500', (post) => post.reply(500, { status: 'error', message: 'Oops' })],
  ['a page with 200', (post) => post.reply(200, '<html>')],
  ['an odd answer', (post) => post.reply(200, `${'['.repeat(101)}${']'.repeat(101)}`)],
  ['a redirect', (post) => post.reply(302, '', { location: 'https://other.example/' })],
];

type Cache = ZObject['cache'];

/** Returns an empty cache that works except for the given methods, so that a test can break one of them. */
const cacheWith = (methods: Partial<Record<keyof Cache, () => Promise<unknown>>>): Cache =>
  Object({ get: async () => null, set: async () => true, delete: async () => true, ...methods });
const fails = () => Promise.reject(new Error('down'));
const hangs = () => new Promise<never>(() => {});

const testers = new Map<string, ReturnType<typeof createAppTester>>();

/** Runs an action with this `z.cache` instead of the platform's, so that the test decides how the cache behaves. */
function runWith(cache: Cache, key: string, inputData: object, connection = {}): Promise<unknown> {
  const action = Object(App.creates)[key];
  const alone = { ...App, triggers: {}, searches: {}, searchOrCreates: {}, creates: { [key]: action } };
  const test = testers.get(key) ?? createAppTester(alone);
  testers.set(key, test);
  const perform = (z: ZObject, bundle: object) => action.operation.perform({ ...z, cache }, bundle);
  return test(perform, { inputData, authData: { ...authData, ...connection } });
}

const at = (time: string) => jest.spyOn(Date, 'now').mockReturnValue(Date.parse(`2026-11-28T${time}Z`));

describe.each(onceOnly)('%s, repeated', (key, inputData, path, sentence) => {
  beforeEach(() => {
    api()
      .persist()
      .get(/by_custom_field/)
      .optionally()
      .reply(200, { data: [] });
  });
  const repeat = (changes = {}, overrides = {}) =>
    run(`creates.${key}`, { ...inputData, ...changes }, overrides);

  it.each(unclearEnds)('is not sent again after %s, for twelve hours', async (_, end) => {
    at('10:42:59');
    end(posted(path));
    expect(await failure(repeat())).toMatchObject({ kind: 'AppError' });
    at('22:42:58');
    expect(await failure(repeat())).toEqual({ kind: 'HaltedError', sentence });
    at('22:43:00');
    posted(path).reply(200, done);
    await repeat();
  });

  it.each([
    ['a refusal', 403, { status: 'error', message: 'The channel is archived.' }],
    ['401', 401, { status: 'error', message: 'Unauthenticated.' }],
    ['429', 429, {}],
    ['a success', 200, done],
  ])('is sent again after %s', async (_, status, body) => {
    posted(path).reply(status, body);
    await repeat().catch(() => {});
    posted(path).reply(200, done);
    await repeat();
  });

  it.each([
    ['contact, field or query', { contact_id: '2', firstName: 'Bea', query: { a: '2' } }, {}],
    ['content', { text: 'Hello', lastName: 'Ruiz', body: '{"note":"Hello"}' }, {}],
    ['Zap', {}, { meta: { zap: { id: '2' } } }],
  ])('is sent with another %s', async (_, changes, overrides) => {
    posted(path).reply(500);
    await failure(repeat());
    posted(/./).reply(200, done);
    await repeat(changes, overrides);
  });

  it('is sent at the cost of one look, and nothing is written', async () => {
    const calls: unknown[] = [];
    const noted = async (...given: unknown[]) => void calls.push(given);
    posted(path).reply(200, done);
    await runWith(cacheWith({ get: noted, set: noted, delete: noted }), key, inputData);
    expect(calls).toEqual([[expect.stringMatching(/^mark:[\w-]{22}$/)]]);
  });

  it.each([
    ['throws', fails],
    ['refuses', async () => false],
    ['hangs', hangs],
  ])('ends as halted where the mark cannot be written because the cache %s', async (_, set) => {
    skipWaits(1.5);
    posted(path).reply(500);
    const failed = await failure(runWith(cacheWith({ set }), key, inputData));
    expect(failed).toMatchObject({ kind: 'HaltedError', sentence: expect.stringContaining('may have') });
  });

  it.each([
    ['throws', fails],
    ['hangs', hangs],
    ['holds something else', async () => 'something else'],
  ])('is sent where the cache %s', async (_, get) => {
    skipWaits(1.5);
    posted(path).reply(200, done);
    await runWith(cacheWith({ get }), key, inputData);
  });
});

it('a message to a phone that is tried in several spellings costs one look and leaves one mark', async () => {
  const send = () => run('creates.send_message', { contact_id: '+60123456789', text: 'Hi' });
  posted(/sendContent\/%2B60123456789/).reply(403, noContact);
  posted(/sendContent\/60123456789/).reply(500);
  expect(await failure(send())).toMatchObject({ kind: 'AppError' });
  expect(await failure(send())).toMatchObject({ kind: 'HaltedError' });
});

describe('a contact that was created and could not be finished', () => {
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`field${index}`, 'x']));
  const create = (inputData: Record<string, unknown>) => run('creates.create_contact', inputData);

  it('is the one that the next runs go on with, until it is finished', async () => {
    const inputData = { custom_fields: many, tags: ['VIP'] };
    posted(/contact\/$/).reply(200, done);
    api().put('/contact/cus_1').reply(429);
    expect(await failure(create(inputData))).toMatchObject({ kind: 'AppError' });
    api()
      .put('/contact/cus_1', { custom_fields: [{ name: 'field30', value: 'x' }] })
      .reply(200, done);
    posted(/cus_1\/tags/).reply(500);
    expect(await failure(create(inputData))).toMatchObject({ kind: 'AppError' });
    api().put('/contact/cus_1').reply(200, done);
    posted(/cus_1\/tags/).reply(200, { status: 'success' });
    expect(await create(inputData)).toMatchObject({ id: 'cus_1', tags: ['VIP'] });
    posted(/contact\/$/).reply(200, { data: { id: 'cus_2' } });
    api().put('/contact/cus_2').reply(200, done);
    expect(await create({ custom_fields: many })).toMatchObject({ id: 'cus_2' });
  });

  it('ends the run as halted if its ID cannot be kept', async () => {
    posted(/contact\/$/).reply(200, done);
    posted(/cus_1\/tags/).reply(500);
    const cache = cacheWith({ set: async () => false });
    expect(await failure(runWith(cache, 'create_contact', { phone: '1', tags: ['VIP'] }))).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringMatching(
        /Running this step again would create a duplicate: add the tags with Add Tags to Contact\.$/,
      ),
    });
  });
});

it('a message to a contact that was created for it ends as halted too if its mark cannot be written', async () => {
  api()
    .persist()
    .get(/by_custom_field/)
    .reply(200, { data: [] })
    .get(/\/contact\/(?!by_)/)
    .reply(403, noContact);
  posted(/contact\/$/).reply(200, done);
  posted(/sendContent/).reply(500);
  const inputData = { contact_id: '+60123456789', text: 'Hi', create_if_missing: true };
  const written = [false, true];
  const cache = cacheWith({ set: async () => written.shift() });
  const sent = runWith(cache, 'send_message', inputData, { channel_type: 'whatsapp' });
  expect(await failure(sent)).toMatchObject({
    kind: 'HaltedError',
    sentence: expect.stringMatching(/^The contact was created .+ The message may have been sent anyway/),
  });
});

it('an error that is none of our own stays as it is, and a mark that cannot be removed does not fail the run', async () => {
  const held = { at: Date.now() / 1000, id: 'cus_1' };
  const cache = cacheWith({ get: async () => held, delete: fails });
  const look = Reflect.apply(createMarks, undefined, [{ cache }, { authData }]);
  const mark = await look('contact', { method: 'POST', path: '/contact/' });
  const bug = new TypeError('a bug');
  expect(await mark.leaveCreated(bug, 'cus_1', false)).toBe(bug);
  await mark.clear();
  expect(mark.createdId).toBe('cus_1');
});
