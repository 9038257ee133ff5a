import { expect, jest, test } from '@jest/globals';
import { description, operationsByPath } from '../../../tools/sandbox/openapi.ts';
import { mistakesOf } from '../../support/description.ts';
import { failure, start } from './client.ts';

const ID = '1776025372480910';
const CONTACT = `/contact/${ID}`;
const SEND = `/message/sendContent/${ID}`;
const refused = failure(403, expect.any(String));
const noSuchContact = failure(403, 'There is no such contact.');

type Examples = Record<string, { value?: unknown }>;
/** Returns the part of the API description at a JSON pointer such as `#/components/requestBodies/Tags`. */
const at = (place: string) =>
  decodeURIComponent(place)
    .split('/')
    .slice(1)
    .reduce((found, key) => Object(found)[key.replaceAll('~1', '/')], Object(description));
const examplesBeside = (schema: string): Examples => at(schema.replace(/\/schema$/, '/examples'));

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

test('the search of the documents is answered key by key', async () => {
  const { sandbox } = await start();
  const path = `${sandbox.url}/api/v1/contact/by_custom_field`;
  const headers = { Authorization: 'Bearer sandbox-token' };
  const text = await (await fetch(`${path}?name=firstName&value=Mahin`, { headers })).text();
  const place = operationsByPath.get('/contact/by_custom_field')?.[0]?.answers.get(200) ?? '';
  const [example] = Object.values(examplesBeside(place));
  const documented = 'http://app.bony.chat/api/v1/contact/by_custom_field';
  expect(text).toBe(JSON.stringify(example?.value).replaceAll(documented, path));
});

test('what is written can be read, and is answered in the words of the documents', async () => {
  const { send, get, sandbox } = await start({ now: () => 1_700_000_000 });
  const fields = { firstName: 'Ana', score: 0, vip: false, email: null };
  const custom_fields = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const id = 'cus_112233344555';
  expect(await send('POST', '/contact', { custom_fields })).toEqual({ status: 200, body: { data: { id } } });
  const change = { custom_fields: [{ name: 'firstName', value: 'Eva' }] };
  expect(await send('PUT', `/contact/${id}`, change)).toEqual({ status: 200, body: { data: { id } } });
  const done = (message: string) => ({ status: 200, body: { status: 'success', message, data: [] } });
  expect(await send('POST', `/contact/${id}/tags`, { tags: ['A', 'B', 'A'] })).toEqual(
    done('Contact Tags have been added successfully.'),
  );
  expect(await send('DELETE', `/contact/${id}/tags`, { tags: ['B', 'C'] })).toEqual(
    done('Contact Tags deleted successfully.'),
  );
  const saved = { ...fields, firstName: 'Eva' };
  const contact = { id, custom_fields: saved, tags: ['A'], created_at: 1_700_000_000 };
  expect(await get(`/contact/${id}`)).toEqual({ status: 200, body: { data: contact } });
  const message = { type: 'text', text: '{{1}} "é" 👍🏽\n+&#%' };
  const sent = { body: [message], forceCancelSurvey: true };
  expect(await send('POST', `/message/sendContent/${id}`, sent)).toEqual({
    status: 200,
    body: { status: 'Success', message: 'Message Sent', data: [] },
  });
  const kept = { id: '1', contactId: id, at: 1_700_000_000, message, forceCancelSurvey: true };
  expect(sandbox.store.messagesOf(id)).toEqual([kept]);
  expect(sandbox.store.get(id)).toEqual(contact);
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
const ofType = (type: string, url: string) => ({ body: [{ type, url }] });
const variable = (value: string) => ({ type: 'text', text: value });
const filled = (of: object, value: string) => ({ ...of, parameters: [variable(value)] });
const plain = { type: 'body', text: 'Hi' };
const body = filled({ type: 'body', text: 'Hi {{1}}' }, 'Ana');
const header = filled({ type: 'header', format: 'text', text: 'Hi {{1}}' }, 'Ana');
const media = { link: 'https://example.com/a', filename: 'a', caption: '' };
const picture = (changes = {}, format = 'image') => {
  return { type: 'header', format, parameters: [{ type: 'image', image: { ...media, ...changes } }] };
};
const yes = { type: 'quick_reply', text: 'Yes' };
const link = filled({ type: 'url', text: 'Shop', url: 'https://example.com/{{1}}' }, 'A');
const buttons = (...list: object[]) => ({ type: 'buttons', buttons: list });
const template = (components: unknown, changes = {}) => {
  const sent = { name: 'order_1', languageCode: 'es_MX', components, ...changes };
  return { body: [{ type: 'whatsapp_template', template: sent }] };
};

const fields: Record<string, unknown> = {
  '31 fields': { custom_fields: Array(31).fill(field) },
  'no fields': { custom_fields: [] },
  'a field without a value': { custom_fields: [{ name: 'firstName' }] },
  'a field without a name': { custom_fields: [{ name: '', value: 'A' }] },
  'a list as value': { custom_fields: [{ name: 'firstName', value: ['A'] }] },
  'an unknown key': { custom_fields: [field], tags: [] },
  'half of an emoji': { custom_fields: [{ ...field, value: 'A \ud83d' }] },
  'half of an emoji in a name': `{"custom_fields":[{"name":"\\udc00","value":"A"}]}`,
  'no JSON': '{"custom_fields": [',
  'no body': undefined,
};
const tags: Record<string, unknown> = {
  '11 tags': { tags: Array.from('abcdefghijk') },
  'no tags': { tags: [] },
  'an empty tag': { tags: [''] },
  'one text': { tags: 'VIP' },
};
const messages: Record<string, unknown> = {
  'two messages': { body: [text, text] },
  'an unknown key': { body: [text], extra: 1 },
  'an unknown type': { body: [{ type: 'sticker', text: 'A' }] },
  'empty text': { body: [{ ...text, text: '' }] },
  'text of 4,097 characters': { body: [{ ...text, text: 'A'.repeat(4097) }] },
  'half of an emoji': { body: [{ ...text, text: '\ud83d' }] },
  'a URL that is none': ofType('image', 'abc'),
  'a URL that is not http': ofType('file', 'ftp://abc.com/a'),
  'a recording for a picture': ofType('image', 'https://a.test/b.MP3?x=.png'),
  'a picture for a video': ofType('video', 'https://a.test/b.jpeg'),
  'forceCancelSurvey as text': { body: [text], forceCancelSurvey: 'true' },
  'forceCancelSurvey in the message': { body: [{ ...text, forceCancelSurvey: true }] },
  'a quick reply of 21 characters': replies(['A'.repeat(21)]),
  'equal quick replies': replies(['Yes', 'No', 'Yes']),
  'a title of 1,025 characters': replies(['A'], 'A'.repeat(1025)),
  'a name with a capital': template([plain], { name: 'Order' }),
  'a language with a hyphen': template([plain], { languageCode: 'es-MX' }),
  'no components': template([]),
  'a variable without a value': template([{ ...body, parameters: undefined }]),
  'a value without a variable': template([{ ...body, text: 'Hi' }]),
  'a gap between variables': template([{ ...body, text: 'Hi {{2}}' }]),
  'a line break in a value': template([filled(body, 'Calle 1\nCentro')]),
  'a tab in a value': template([filled(header, 'A\tB'), plain]),
  'five spaces in a value': template([plain, buttons(filled(link, 'A     B'))]),
  'a value of spaces': template([filled(body, '  ')]),
  'a header of 61 characters once filled in': template([filled(header, 'A'.repeat(58)), plain]),
  'a header, and a body of 1,025 characters': template([header, filled(body, 'A'.repeat(1022))]),
  'a header after the body': template([plain, header]),
  'a header without its text': template([{ type: 'header', format: 'text' }, plain]),
  'a picture in a header for a video': template([picture({}, 'video'), plain]),
  'a link that is not http': template([picture({ link: 'ftp://example.com/a' }), plain]),
  'a picture without a file name': template([picture({ filename: '' }), plain]),
  '11 buttons': template([plain, buttons(...Array(11).fill(yes))]),
  'a button whose variable has no value': template([plain, buttons({ ...link, parameters: undefined })]),
};

const refusals = [
  ['POST', '/contact', fields],
  ['PUT', CONTACT, fields],
  ['POST', `${CONTACT}/tags`, tags],
  ['DELETE', `${CONTACT}/tags`, tags],
  ['POST', SEND, messages],
] as const;
test.each(
  refusals.flatMap(([method, path, bodies]) =>
    Object.entries(bodies).map(([what, given]) => ({ method, path, what, given })),
  ),
)('$method $path with $what is refused and changes nothing', async ({ method, path, given }) => {
  const { send, sandbox } = await start();
  const before = sandbox.store.list();
  expect(await send(method, path, given)).toEqual(refused);
  expect(sandbox.store.list()).toEqual(before);
  expect(sandbox.store.messagesOf(ID)).toEqual([]);
});

test.each<[string, string, unknown]>([
  ['30 fields', '/contact', { custom_fields: Array(30).fill(field) }],
  ['10 tags', `${CONTACT}/tags`, { tags: Array.from('abcdefghij') }],
  ['4,096 emoji', SEND, { body: [{ ...text, text: '👍'.repeat(4096) }] }],
  ['quick replies of 20 emoji', SEND, replies(['👍'.repeat(20), 'No'], 'A'.repeat(1024))],
  ['a video as a recording', SEND, ofType('audio', 'https://a.test/b.webm#.mp3')],
  ['a page without an extension', SEND, ofType('image', 'https://a.test/render?file=a.mp3')],
  ['a header of 60 characters', SEND, template([filled(header, 'A'.repeat(57)), plain])],
  ['a body of 1,024', SEND, template([header, filled(body, 'A    B'.padEnd(1021, 'x'))])],
  ['10 buttons', SEND, template([plain, buttons(...Array(10).fill(yes))])],
])('%s are taken', async (_, path, given) => {
  const { send } = await start();
  expect([200, 201]).toContain((await send('POST', path, given)).status);
});

test('a file of another type is refused in the words of the documents', async () => {
  const { send } = await start();
  expect(await send('POST', SEND, ofType('audio', 'https://a.test/b.mov'))).toEqual(
    failure(403, 'Sorry, Url provided is not an image/audio/video file'),
  );
});

test.each([
  'value=A',
  'name=&value=A',
  'name=firstName&value=A&per_page=100',
  'name=firstName&value=A&value=B',
  'name=firstName&value=A&page=0',
  'name=firstName&value=A&page=two',
  'name=firstName&value=A&page=99999999999999999999',
])('the search ?%s is refused, and any query elsewhere', async (query) => {
  const { get } = await start();
  expect(await get(`/contact/by_custom_field?${query}`)).toEqual(refused);
  expect(await get(`${CONTACT}?${query}`)).toEqual(refused);
});

test.each([
  ['DELETE', CONTACT, 405],
  ['HEAD', CONTACT, 405],
  ['GET', '/contact', 405],
  ['POST', '/contact/by_custom_field', 405],
  ['GET', '/contacts', 404],
  ['GET', '/contact/1/tag', 404],
])('%s %s is answered %i', async (method, path, status) => {
  const { send } = await start();
  const answer = failure(status, status === 405 ? '405 Method Not Allowed.' : '404 Not Found.');
  expect(await send(method, path)).toEqual(method === 'HEAD' ? { status, body: null } : answer);
});

test('only the token that is set is accepted, and only JSON', async () => {
  const { send, sandbox } = await start({ token: 'old' });
  sandbox.configure({ token: 'new' });
  for (const Authorization of ['Bearer old', 'new', '']) {
    const { status, body } = await send('GET', CONTACT, undefined, { Authorization });
    expect({ status, body }).toEqual(failure(401, 'API Token is invalid.'));
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
