import { expect, jest, test } from '@jest/globals';
import { type Client, failure, start } from './client.ts';

const CONTACT = '/contact/1776025372480910';
const refused = failure(403, expect.any(String));
const field = { name: 'firstName', value: 'A' };

test.each([
  ['another token', { Authorization: 'Bearer other' }],
  ['no scheme', { Authorization: 'sandbox-token' }],
  ['nothing', { Authorization: '' }],
])('%s as authorization is answered 401', async (_, headers) => {
  const { send } = await start();
  expect(await send('GET', CONTACT, undefined, headers)).toEqual(failure(401, 'API Token is invalid.'));
});

test('a new token replaces the old one', async () => {
  const { get, send, sandbox } = await start({ token: 'old' });
  sandbox.configure({ token: 'new' });
  expect((await get(CONTACT)).status).toBe(200);
  expect((await send('GET', CONTACT, undefined, { Authorization: 'Bearer old' })).status).toBe(401);
});

test.each([
  ['DELETE', CONTACT],
  ['PATCH', CONTACT],
  ['GET', '/contact'],
  ['POST', '/contact/by_custom_field'],
  ['GET', `${CONTACT}/tags`],
  ['GET', '/message/sendContent/1776025372480910'],
  ['OPTIONS', '/contact'],
])('%s %s is answered 405', async (method, path) => {
  const { send } = await start();
  expect(await send(method, path)).toEqual(failure(405, '405 Method Not Allowed.'));
});

test('HEAD is answered 405', async () => {
  const { send } = await start();
  expect(await send('HEAD', CONTACT)).toEqual({ status: 405, body: null });
});

test.each(['/contacts', '/contact/1/tag', '/message', '/'])(
  'the unknown path %s is answered 404',
  async (path) => {
    const { get } = await start();
    expect(await get(path)).toEqual(failure(404, '404 Not Found.'));
  },
);

test.each([
  'value=A',
  'name=firstName',
  'name=&value=A',
  'name=firstName&value=',
  'name=firstName&value=A&per_page=100',
  'name=firstName&value=A&value=B',
  'name=firstName&value=A&page=0',
  'name=firstName&value=A&page=two',
])('the search ?%s is refused', async (query) => {
  const { get } = await start();
  expect(await get(`/contact/by_custom_field?${query}`)).toEqual(refused);
});

test('a query is refused where there is none', async () => {
  const { get } = await start();
  expect(await get(`${CONTACT}?page=1`)).toEqual(refused);
});

test.each([
  ['31 fields', { custom_fields: Array(31).fill(field) }],
  ['no fields', { custom_fields: [] }],
  ['a map of fields', { custom_fields: { firstName: 'A' } }],
  ['a field without a value', { custom_fields: [{ name: 'firstName' }] }],
  ['a field without a name', { custom_fields: [{ name: '', value: 'A' }] }],
  ['a list as value', { custom_fields: [{ name: 'firstName', value: ['A'] }] }],
  ['an unknown key', { custom_fields: [field], tags: [] }],
  ['an unknown key in a field', { custom_fields: [{ ...field, label: 'A' }] }],
  ['no JSON', '{"custom_fields": ['],
  ['no body', undefined],
])('%s is refused in a creation and in an update', async (_, body) => {
  const { send } = await start();
  expect(await send('POST', '/contact', body)).toEqual(refused);
  expect(await send('PUT', CONTACT, body)).toEqual(refused);
});

test.each([
  ['11 tags', { tags: Array.from({ length: 11 }, (_, number) => `tag ${number}`) }],
  ['no tags', { tags: [] }],
  ['an empty tag', { tags: [''] }],
  ['a tag that is a number', { tags: [1] }],
  ['one text', { tags: 'VIP' }],
  ['an unknown key', { tags: ['VIP'], mode: 'add' }],
])('%s is refused, to add and to remove', async (_, body) => {
  const { send } = await start();
  expect(await send('POST', `${CONTACT}/tags`, body)).toEqual(refused);
  expect(await send('DELETE', `${CONTACT}/tags`, body)).toEqual(refused);
});

test('30 fields and 10 tags are accepted', async () => {
  const { send } = await start();
  const custom_fields = Array.from({ length: 30 }, (_, number) => ({ name: `f${number}`, value: 'A' }));
  const tags = Array.from({ length: 10 }, (_, number) => `tag ${number}`);
  expect((await send('PUT', CONTACT, { custom_fields })).status).toBe(200);
  expect((await send('POST', `${CONTACT}/tags`, { tags })).status).toBe(200);
});

test('a body that is not said to be JSON is refused', async () => {
  const { send } = await start();
  const body = { custom_fields: [field] };
  expect(await send('POST', '/contact', body, { 'Content-Type': 'text/plain' })).toEqual(refused);
});

const tooMany = failure(429, 'Too many requests');
const text = { body: [{ type: 'text', text: 'A' }] };

async function statuses(count: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  return (await Promise.all(Array.from({ length: count }, call))).map(({ status }) => status);
}

const sendText = ({ send }: Client) => send('POST', '/message/sendContent/1776025372480910', text);

/** Stops the clock of the limits and their timers, not those of the connections. */
function stopClock(): void {
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime'],
  });
}

test('the 101st request about contacts in a minute is one too many; messages are counted apart', async () => {
  const client = await start();
  stopClock();
  expect(new Set(await statuses(100, () => client.get(CONTACT)))).toEqual(new Set([200]));
  jest.advanceTimersByTime(59_999);
  expect(await client.get(CONTACT)).toEqual(tooMany);
  expect((await sendText(client)).status).toBe(200);
  jest.advanceTimersByTime(1);
  expect((await client.get(CONTACT)).status).toBe(200);
});

test('the 26th message in a second is one too many', async () => {
  const client = await start();
  stopClock();
  expect(new Set(await statuses(25, () => sendText(client)))).toEqual(new Set([200]));
  jest.advanceTimersByTime(999);
  expect(await sendText(client)).toEqual(tooMany);
  jest.advanceTimersByTime(1);
  expect((await sendText(client)).status).toBe(200);
});

test('without rate limits nothing is one too many', async () => {
  const client = await start({ rateLimits: false });
  expect(new Set(await statuses(101, () => client.get(CONTACT)))).toEqual(new Set([200]));
  expect(new Set(await statuses(26, () => sendText(client)))).toEqual(new Set([200]));
});
