import { expect, jest, test } from '@jest/globals';
import { failure, start } from './client.ts';

const ID = '1776025372480910';
const CONTACT = `/contact/${ID}`;
const reset = { cause: { code: 'ECONNRESET' } };
const fields = { custom_fields: [{ name: 'a', value: 'b' }] };

test('the next requests fail as told, in turn, and are not carried out', async () => {
  const { send, get, sandbox } = await start();
  sandbox.failNext(2, { status: 500 });
  sandbox.failNext(1, {
    status: 503,
    body: '<h1>',
    contentType: 'text/html',
    headers: { 'Retry-After': '7' },
  });
  sandbox.failNext(1, { status: 204 });
  const told = failure(500, 'The sandbox was told to answer 500.');
  expect([await send('POST', '/contact', fields), await get(CONTACT)]).toEqual([told, told]);
  const html = await fetch(sandbox.url);
  const headers = ['retry-after', 'content-type'].map((name) => html.headers.get(name));
  expect([html.status, ...headers, await html.text()]).toEqual([503, '7', 'text/html', '<h1>']);
  expect(await get(CONTACT)).toEqual({ status: 204, body: null });
  expect((await get(CONTACT)).status).toBe(200);
  expect(sandbox.store.get('cus_112233344555')).toBeUndefined();
});

test('faults that wait are listed, in turn, and can be cleared; what cannot be is refused', async () => {
  const { get, sandbox } = await start();
  const waiting: (readonly string[])[] = [];
  sandbox.on(({ type }) => type === 'faults' && waiting.push(sandbox.waitingFaults));
  sandbox.failNext(2, '500');
  sandbox.failNext(1, { status: 503 });
  await get(CONTACT);
  sandbox.clearFaults();
  expect(waiting).toEqual([['500', '500'], ['500', '500', 'other'], ['500', 'other'], []]);
  expect((await get(CONTACT)).status).toBe(200);
  expect(() => sandbox.failNext(1, { status: 42 })).toThrow('range');
  expect(() => sandbox.failNext(1, 'connection refused')).toThrow('no fault "connection refused"');
});

test('a hanging request gets no answer, and does not keep the sandbox from closing', async () => {
  const { get, sandbox } = await start();
  sandbox.failNext(1, 'no answer at all');
  const logged = new Promise((resolve) => sandbox.on(({ type }) => type === 'request' && resolve(type)));
  const hanging = expect(get(CONTACT)).rejects.toThrow();
  await logged;
  expect((await get(CONTACT)).status).toBe(200);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([null, 200]);
  await sandbox.close();
  await hanging;
});

test('a reset loses the request, or only its answer; a delay neither', async () => {
  const { send, sandbox } = await start();
  const add = (tag: string) => send('POST', `${CONTACT}/tags`, { tags: [tag] });
  sandbox.failNext(1, 'reset before an answer');
  await expect(add('A')).rejects.toMatchObject(reset);
  sandbox.failNext(1, 'carried out, then the connection is reset');
  await expect(add('B')).rejects.toMatchObject(reset);
  sandbox.failNext(1, 'carried out, then 500');
  expect(await add('C')).toMatchObject({ status: 500 });
  sandbox.failNext(1, { delayMs: 50 });
  expect(await add('D')).toMatchObject({ status: 200 });
  expect(sandbox.store.get(ID)?.tags.slice(2)).toEqual(['B', 'C', 'D']);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([null, null, 500, 200]);
  expect(sandbox.requests[3]?.ms).toBeGreaterThanOrEqual(45);
});

test('a new contact is unknown to the API for the time that a fault says, and known after it', async () => {
  const { send, get, sandbox } = await start();
  sandbox.failNext(1, 'a new contact is unknown for 2 seconds');
  sandbox.failNext(1, { unknownForMs: 0 });
  const [hidden, known] = ['cus_112233344555', 'cus_112233344556'];
  for (const id of [hidden, known]) {
    expect(await send('POST', '/contact', fields)).toEqual({ status: 200, body: { data: { id } } });
  }
  const unknown = failure(403, 'There is no such contact.');
  const text = { body: [{ type: 'text', text: 'A' }] };
  expect(await get(`/contact/${hidden}`)).toEqual(unknown);
  expect(await send('POST', `/message/sendContent/${hidden}`, text)).toEqual(unknown);
  expect((await get(`/contact/${known}`)).status).toBe(200);
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2000);
  expect((await get(`/contact/${hidden}`)).status).toBe(200);
});
