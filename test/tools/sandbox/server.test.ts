import { expect, test } from '@jest/globals';
import { type SandboxEvent, startSandbox } from '../../../tools/sandbox/server.ts';
import { start } from './client.ts';

test('the log holds request and answer as they came over the wire, without the token', async () => {
  const { sandbox, send } = await start({ now: () => 1_700_000_000 });
  await send('POST', '/contact/a%2Fb%20c/tags?x=%C3%A9+1', '{ "tags": ["é"] }');
  expect(sandbox.requests).toEqual([
    {
      at: 1_700_000_000,
      method: 'POST',
      path: '/api/v1/contact/a%2Fb%20c/tags?x=%C3%A9+1',
      headers: expect.objectContaining({ authorization: 'Bearer ***', 'content-type': 'application/json' }),
      body: '{ "tags": ["é"] }',
      status: 403,
      answer: expect.stringContaining('"status":"error"'),
      ms: expect.any(Number),
    },
  ]);
  expect(JSON.stringify(sandbox.requests)).not.toContain(sandbox.token);
});

test('a token without its scheme is masked too', async () => {
  const { sandbox, send } = await start();
  await send('GET', '/contact/1', undefined, { Authorization: sandbox.token });
  expect(sandbox.requests[0]?.headers.authorization).toBe('***');
});

test('the log keeps the last thousand', async () => {
  const { sandbox, get } = await start({ rateLimits: false });
  const hundred = (start: number) =>
    Promise.all(Array.from({ length: 100 }, (_, number) => get(`/contact/${start + number}`)));
  for (const number of [0, 1]) await get(`/contact/${number}`);
  for (let start = 2; start < 1002; start += 100) await hundred(start);
  const paths = sandbox.requests.map(({ path }) => Number(path.split('/').at(-1)));
  expect(paths.sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, number) => number + 2));
});

test('the log keeps no more than 16 MB', async () => {
  const { sandbox, send } = await start({ rateLimits: false });
  const body = 'x'.repeat(1024 * 1024);
  for (let number = 0; number < 17; number++) await send('POST', `/contact?${number}`, body);
  expect(sandbox.requests).toHaveLength(15);
  expect(sandbox.requests.at(-1)).toMatchObject({ path: '/api/v1/contact?16', body });
});

test.each([
  ['sent whole', (body: string) => body],
  ['sent in chunks', (body: string) => new Blob([body]).stream()],
])('a body larger than 1 MB, %s, is refused and logged without it', async (_, bodyOf) => {
  const { sandbox } = await start();
  const post = (text: string) => {
    const body = JSON.stringify({ custom_fields: [{ name: 'note', value: text }] });
    const headers = { Authorization: 'Bearer sandbox-token', 'Content-Type': 'application/json' };
    // `duplex` is required for a stream, and missing from the types.
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers,
      body: bodyOf(body),
      duplex: 'half',
    };
    return fetch(`${sandbox.url}/api/v1/contact`, init);
  };
  const refused = await post('x'.repeat(1024 * 1024));
  expect([refused.status, await refused.json()]).toEqual([
    413,
    { status: 'error', message: 'The body is larger than 1 MB.', data: [] },
  ]);
  expect(sandbox.requests).toMatchObject([{ status: 413, body: '' }]);
  expect(sandbox.store.get('cus_112233344555')).toBeUndefined();
  expect((await post('x'.repeat(1024 * 1023))).status).toBe(200);
});

test('listeners hear of every change and every request until they stop', async () => {
  const { sandbox, get } = await start();
  const events: SandboxEvent[] = [];
  const stop = sandbox.on((event) => events.push(event));
  const { id } = sandbox.store.add();
  sandbox.store.update(id, { a: '1' });
  const sent = sandbox.store.send(id, { type: 'text', text: 'A' });
  sandbox.store.delete(id);
  await get('/contact/1');
  stop();
  sandbox.store.add();
  expect(events).toEqual([
    { type: 'contact', id },
    { type: 'contact', id },
    { type: 'message', sent },
    { type: 'contact', id },
    { type: 'request', request: sandbox.requests[0] },
  ]);
});

test('two sandboxes run side by side, but not on one port', async () => {
  const { sandbox } = await start();
  const { sandbox: other } = await start();
  expect(other.port).not.toBe(sandbox.port);
  await expect(startSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the globals of the process stay as they are', async () => {
  const before = [globalThis.Request, globalThis.Response];
  await start();
  expect([globalThis.Request, globalThis.Response]).toEqual(before);
});

test('closing twice is closing once', async () => {
  const { sandbox } = await start();
  await sandbox.close();
  await sandbox.close();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
