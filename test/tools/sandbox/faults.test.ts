import { expect, test } from '@jest/globals';
import { failure, start } from './client.ts';

const PATH = '/contact/1776025372480910';

test('the next requests fail as told, in turn, and are not carried out', async () => {
  const { send, get, sandbox } = await start();
  sandbox.failNext(2, { status: 500 });
  sandbox.failNext(1, { status: 503, body: '{"a":1}', headers: { 'Retry-After': '7' } });
  const told = failure(500, 'The sandbox was told to answer 500.');
  expect(await send('POST', '/contact', { custom_fields: [{ name: 'a', value: 'b' }] })).toEqual(told);
  expect(await get(PATH)).toEqual(told);
  const response = await fetch(sandbox.url);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(await response.text()).toBe('{"a":1}');
  expect((await get(PATH)).status).toBe(200);
  expect(sandbox.store.get('cus_112233344555')).toBeUndefined();
});

test('an answer can be of any type, or have no body', async () => {
  const { sandbox } = await start();
  sandbox.failNext(1, { status: 502, body: '<h1>Bad Gateway</h1>', contentType: 'text/html' });
  sandbox.failNext(1, { status: 204 });
  const html = await fetch(sandbox.url);
  expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await html.text()).toBe('<h1>Bad Gateway</h1>');
  const empty = await fetch(sandbox.url);
  expect([empty.status, await empty.text()]).toEqual([204, '']);
});

test('a fault that HTTP does not allow is refused when it is set', async () => {
  const { sandbox } = await start();
  expect(() => sandbox.failNext(1, { status: 42 })).toThrow('range');
});

test('a hanging request gets no answer, and does not keep the sandbox from closing', async () => {
  const { get, sandbox } = await start();
  sandbox.failNext(1, 'no answer at all');
  const logged = new Promise((resolve) => sandbox.on(({ type }) => type === 'request' && resolve(type)));
  const hanging = expect(get(PATH)).rejects.toThrow();
  await logged;
  expect((await get(PATH)).status).toBe(200);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([null, 200]);
  await sandbox.close();
  await hanging;
});

test('a reset destroys the connection', async () => {
  const { get, send, sandbox } = await start();
  sandbox.failNext(2, 'reset before an answer');
  await expect(get(PATH)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  await expect(send('POST', `${PATH}/tags`, { tags: ['A'] })).rejects.toMatchObject({
    cause: { code: 'ECONNRESET' },
  });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([null, null]);
  expect(sandbox.store.get('1776025372480910')?.tags).not.toContain('A');
});

test('a delayed request is carried out, late', async () => {
  const { get, sandbox } = await start();
  sandbox.failNext(1, { delayMs: 50 });
  expect((await get(PATH)).status).toBe(200);
  expect(sandbox.requests[0]?.ms).toBeGreaterThanOrEqual(45);
});

test('a name that the catalogue has not is refused', async () => {
  const { sandbox } = await start();
  expect(() => sandbox.failNext(1, 'hang')).toThrow('The sandbox has no fault "hang".');
  expect(() => sandbox.failNext(1, 'connection refused')).toThrow('has no fault');
  expect(sandbox.waitingFaults).toEqual([]);
});

test('faults that wait are listed, in turn, and can be cleared', async () => {
  const { get, sandbox } = await start();
  let changes = 0;
  sandbox.on(({ type }) => {
    changes += type === 'faults' ? 1 : 0;
  });
  sandbox.failNext(2, '500');
  sandbox.failNext(1, { status: 503 });
  await get(PATH);
  expect(sandbox.waitingFaults).toEqual(['500', 'other']);
  sandbox.clearFaults();
  expect(sandbox.waitingFaults).toEqual([]);
  expect(changes).toBe(4);
  expect((await get(PATH)).status).toBe(200);
});
