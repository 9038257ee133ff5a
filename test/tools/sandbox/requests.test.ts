import { expect, jest, test } from '@jest/globals';
import { description, operationsByPath } from '../../../tools/sandbox/openapi.ts';
import { mistakesOf } from '../../support/description.ts';
import { failure, start } from './client.ts';

const ID = '1776025372480910';
const CONTACT = `/contact/${ID}`;
const SEND = `/message/sendContent/${ID}`;
const refused = failure(403, expect.any(String));
const noSuchContact = failure(403, 'There is no such contact.');

/** Returns the examples beside a schema of the API description, such as `#/components/requestBodies/Tags/…/schema`. */
const examplesBeside = (schema: string): Record<string, { value?: unknown }> =>
  decodeURIComponent(schema.replace(/\/schema$/, '/examples'))
    .split('/')
    .slice(1)
    .reduce((found, key) => Object(found)[key.replaceAll('~1', '/')], Object(description));

const examples = [...operationsByPath].flatMap(([path, operations]) =>
  operations.flatMap(({ id, method, body }) =>
    Object.entries(body === undefined ? { none: {} } : examplesBeside(body)).map(([name, { value }]) => {
      const query = id === 'findContacts' ? '?name=firstName&value=Mahin' : '';
      return { id, name, method, path: path.replace('{contact_id}', ID) + query, value };
    }),
  ),
);
test.each(examples)(
  '$id with the example $name is taken and answered as described, save for a contact that is none',
  async (example) => {
    const { send, sandbox } = await start();
    const { status } = await send(example.method, example.path, example.value);
    expect([200, 201]).toContain(status);
    expect(sandbox.requests.flatMap(mistakesOf)).toEqual([]);
    if (!example.path.includes(ID)) return;
    const nobody = await send(example.method, example.path.replace(ID, 'nobody'), example.value);
    expect(nobody).toEqual(noSuchContact);
  },
);

test('the search of the documents finds the contact that they show', async () => {
  const { get } = await start();
  const place = operationsByPath.get('/contact/by_custom_field')?.[0]?.answers.get(200) ?? '';
  const { data } = Object(Object.values(examplesBeside(place))[0]?.value);
  expect(await get('/contact/by_custom_field?name=firstName&value=Mahin')).toMatchObject({ body: { data } });
});

test('what is written can be read, and is answered in the words of the documents', async () => {
  const { send, get, sandbox } = await start({ now: () => 1_700_000_000 });
  const fields = { firstName: 'Ana', score: 0, vip: false, email: null };
  const custom_fields = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const id = 'cus_112233344555';
  const saved = { status: 200, body: { data: { id } } };
  expect(await send('POST', '/contact', { custom_fields })).toEqual(saved);
  const change = { custom_fields: [{ name: 'firstName', value: 'Eva' }] };
  expect(await send('PUT', `/contact/${id}`, change)).toEqual(saved);
  const done = (message: string, status = 'success') => ({
    status: 200,
    body: { status, message, data: [] },
  });
  const added = await send('POST', `/contact/${id}/tags`, { tags: ['A', 'B', 'A'] });
  expect(added).toEqual(done('Contact Tags have been added successfully.'));
  const removed = await send('DELETE', `/contact/${id}/tags`, { tags: ['B', 'C'] });
  expect(removed).toEqual(done('Contact Tags deleted successfully.'));
  const contact = {
    id,
    custom_fields: { ...fields, firstName: 'Eva' },
    tags: ['A'],
    created_at: 1_700_000_000,
  };
  expect(await get(`/contact/${id}`)).toEqual({ status: 200, body: { data: contact } });
  const message = { type: 'text', text: '{{1}} "é" 👍🏽\n+&#%' };
  const sent = await send('POST', `/message/sendContent/${id}`, { body: [message], forceCancelSurvey: true });
  expect(sent).toEqual(done('Message Sent', 'Success'));
  const kept = { id: '1', contactId: id, at: 1_700_000_000, message, forceCancelSurvey: true };
  expect(sandbox.store.messagesOf(id)).toEqual([kept]);
});

test.each(['whatsapp:+60123456789', 'nloI/TOL2seqOAjHslcr7Q==', '100%25/?#&é'])(
  'the ID %s arrives percent-encoded, and on Viber in Base64',
  async (id) => {
    const { get, sandbox } = await start();
    sandbox.store.add({ id });
    const plain = `/contact/${encodeURIComponent(id)}`;
    const encoded = `/contact/${encodeURIComponent(Buffer.from(id).toString('base64'))}`;
    expect(await get(plain)).toMatchObject({ status: 200, body: { data: { id } } });
    expect(await get(encoded)).toEqual(noSuchContact);
    sandbox.configure({ viber: true });
    expect(await get(plain)).toEqual(noSuchContact);
    expect(await get(encoded)).toMatchObject({ status: 200, body: { data: { id } } });
  },
);

const field = { name: 'firstName', value: 'A' };
const text = { type: 'text', text: 'A' };
const replies = (list: unknown, title = 'A') => ({ body: [{ type: 'quick_reply', title, replies: list }] });
const filled = (of: object, value: string) => ({ ...of, parameters: [{ type: 'text', text: value }] });
const plain = { type: 'body', text: 'Hi' };
const body = filled({ type: 'body', text: 'Hi {{1}}' }, 'Ana');
const header = filled({ type: 'header', format: 'text', text: 'Hi {{1}}' }, 'Ana');
const link = filled({ type: 'url', text: 'Shop', url: 'https://example.com/{{1}}' }, 'A');
const yes = { type: 'quick_reply', text: 'Yes' };
const buttons = (...list: object[]) => ({ type: 'buttons', buttons: list });
const template = (...components: object[]) => {
  const sent = { name: 'order_1', languageCode: 'es_MX', components };
  return { body: [{ type: 'whatsapp_template', template: sent }] };
};

test.each<[what: string, path: string, most: number, given: (size: number) => unknown]>([
  ['fields', '/contact', 30, (size) => ({ custom_fields: Array(size).fill(field) })],
  ['tags', `${CONTACT}/tags`, 10, (size) => ({ tags: Array.from({ length: size }, String) })],
  ['emoji of a text', SEND, 4096, (size) => ({ body: [{ ...text, text: '👍'.repeat(size) }] })],
  ['emoji of a reply', SEND, 20, (size) => replies(['👍'.repeat(size), 'No'])],
  ['letters above replies', SEND, 1024, (size) => replies(['A'], 'A'.repeat(size))],
  ['letters of a header', SEND, 60, (size) => template(filled(header, 'A'.repeat(size - 3)), plain)],
  ['letters of a body', SEND, 1024, (size) => template(header, filled(body, 'A    B'.padEnd(size - 3, 'x')))],
  ['buttons', SEND, 10, (size) => template(plain, buttons(...Array(size).fill(yes)))],
])('the most %s that %s takes are %i', async (_, path, most, given) => {
  const { send } = await start();
  expect([200, 201]).toContain((await send('POST', path, given(most))).status);
  expect(await send('POST', path, given(most + 1))).toEqual(refused);
});

test.each<[what: string, method: string, path: string, given: unknown]>([
  ['no fields', 'POST', '/contact', { custom_fields: [] }],
  ['no fields', 'PUT', CONTACT, { custom_fields: [] }],
  ['a field without a value', 'POST', '/contact', { custom_fields: [{ name: 'firstName' }] }],
  ['a list as value', 'PUT', CONTACT, { custom_fields: [{ ...field, value: ['A'] }] }],
  ['an unknown key', 'POST', '/contact', { custom_fields: [field], tags: [] }],
  ['half of an emoji', 'PUT', CONTACT, { custom_fields: [{ ...field, value: 'A \ud83d' }] }],
  ['half of one in a name', 'POST', '/contact', '{"custom_fields":[{"name":"\\udc00","value":"A"}]}'],
  ['no JSON', 'POST', '/contact', '{"custom_fields": ['],
  ['no body', 'POST', '/contact', undefined],
  ['no tags', 'POST', `${CONTACT}/tags`, { tags: [] }],
  ['an empty tag', 'DELETE', `${CONTACT}/tags`, { tags: [''] }],
  ['two messages', 'POST', SEND, { body: [text, text] }],
  ['an unknown type', 'POST', SEND, { body: [{ type: 'fax', text: 'A' }] }],
  ['a URL that is not http', 'POST', SEND, { body: [{ type: 'file', url: 'ftp://abc.com/a' }] }],
  ['a survey to cancel in the message', 'POST', SEND, { body: [{ ...text, forceCancelSurvey: true }] }],
  ['equal quick replies', 'POST', SEND, replies(['Yes', 'No', 'Yes'])],
  ['no components', 'POST', SEND, template()],
  ['a variable without a value', 'POST', SEND, template({ ...body, parameters: undefined })],
  ['a value without a variable', 'POST', SEND, template({ ...body, text: 'Hi' })],
  ['a gap between variables', 'POST', SEND, template({ ...body, text: 'Hi {{2}}' })],
  ['a line break in a value', 'POST', SEND, template(filled(body, 'Calle 1\nCentro'))],
  ['five spaces in a value', 'POST', SEND, template(plain, buttons(filled(link, 'A     B')))],
  ['a header after the body', 'POST', SEND, template(plain, header)],
  ['a text header for a picture', 'POST', SEND, template({ ...header, format: 'image' }, plain)],
  ['a button without its value', 'POST', SEND, template(plain, buttons({ ...link, parameters: undefined }))],
])('%s: refused by %s %s, and nothing is changed', async (_, method, path, given) => {
  const { send, sandbox } = await start();
  const before = sandbox.store.list();
  expect(await send(method, path, given)).toEqual(refused);
  expect([sandbox.store.list(), sandbox.store.messagesOf(ID)]).toEqual([before, []]);
});

const wrongFile = failure(403, 'Sorry, Url provided is not an image/audio/video file');
test.each([
  ['audio', 'https://a.test/b.mov', wrongFile],
  ['image', 'https://a.test/b.MP3?x=.png', wrongFile],
  ['video', 'https://a.test/b.jpeg', wrongFile],
  ['audio', 'https://a.test/b.webm#.mp3', { status: 200 }],
  ['image', 'https://a.test/render?file=a.mp3', { status: 200 }],
])('the type of a file is told by its extension: %s %s', async (type, url, answer) => {
  const { send } = await start();
  expect(await send('POST', SEND, { body: [{ type, url }] })).toMatchObject(answer);
});

test.each([
  'value=A',
  'name=firstName&value=A&per_page=100',
  'name=firstName&value=A&value=B',
  'name=firstName&value=A&page=0',
  'name=firstName&value=A&page=99999999999999999999',
])('the search ?%s is refused, and any query elsewhere', async (query) => {
  const { get } = await start();
  expect(await get(`/contact/by_custom_field?${query}`)).toEqual(refused);
  expect(await get(`${CONTACT}?${query}`)).toEqual(refused);
});

test.each([
  ['HEAD', CONTACT, 405],
  ['GET', '/contact', 405],
  ['POST', '/contact/by_custom_field', 405],
  ['GET', '/contacts', 404],
])('%s %s is answered %i', async (method, path, status) => {
  const { send } = await start();
  const answer = failure(status, status === 405 ? '405 Method Not Allowed.' : '404 Not Found.');
  expect(await send(method, path)).toEqual(method === 'HEAD' ? { status, body: null } : answer);
});

test('only the token that is set is accepted, and only JSON', async () => {
  const { send, sandbox } = await start({ token: 'old' });
  sandbox.configure({ token: 'new' });
  for (const Authorization of ['Bearer old', 'new', '']) {
    const answer = await send('GET', CONTACT, undefined, { Authorization });
    expect(answer).toEqual(failure(401, 'API Token is invalid.'));
  }
  const given = { custom_fields: [field] };
  expect(await send('POST', '/contact', given, { 'Content-Type': 'text/plain' })).toEqual(refused);
  expect((await send('POST', '/contact', given)).status).toBe(200);
});

test('100 requests about contacts a minute and 25 messages a second are taken, unless limits are off', async () => {
  const { sandbox, send, get } = await start();
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime'],
  });
  const read = async () => (await get(CONTACT)).status;
  const write = async () => (await send('POST', SEND, { body: [text] })).status;
  const statuses = async (count: number, call: () => Promise<number>) =>
    new Set(await Promise.all(Array.from({ length: count }, call)));
  expect([await statuses(100, read), await statuses(25, write)]).toEqual([new Set([200]), new Set([200])]);
  for (const [milliseconds, call] of [
    [1000, write],
    [59_000, read],
  ] as const) {
    jest.advanceTimersByTime(milliseconds - 1);
    expect(await call()).toBe(429);
    jest.advanceTimersByTime(1);
    expect(await call()).toBe(200);
  }
  sandbox.configure({ rateLimits: false });
  expect(await statuses(101, read)).toEqual(new Set([200]));
});
