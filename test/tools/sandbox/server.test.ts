import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { type SandboxEvent, startSandbox } from '../../../tools/sandbox/server.ts';
import { failure, start } from './client.ts';

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
  await send('GET', '/contact/1', undefined, { Authorization: sandbox.token });
  expect(sandbox.requests[1]?.headers.authorization).toBe('***');
});

test('the log keeps the last thousand', async () => {
  const { sandbox, get } = await start({ rateLimits: false });
  for (let number = 0; number < 1002; number++) await get(`/contact/${number}`);
  expect(sandbox.requests).toHaveLength(1000);
  expect(sandbox.requests[0]?.path).toBe('/api/v1/contact/2');
});

test('a body larger than 1 MB is refused and logged without it', async () => {
  const { sandbox, send } = await start();
  const note = (length: number) => ({ custom_fields: [{ name: 'note', value: 'x'.repeat(length) }] });
  const refused = failure(413, 'The body is larger than 1 MB.');
  expect(await send('POST', '/contact', note(1024 * 1024))).toEqual(refused);
  expect(sandbox.requests).toMatchObject([{ status: 413, body: '' }]);
  expect((await send('POST', '/contact', note(1024 * 1023))).status).toBe(200);
});

test('a Host of another site is refused, and neither logged nor answered with data', async () => {
  const { sandbox } = await start();
  const headers = { Host: 'evil.example', Authorization: 'Bearer sandbox-token' };
  const sent = request(`${sandbox.url}/api/v1/contact/1776025372480910`, { headers }).end();
  const [response] = await once(sent, 'response');
  expect(await text(response)).toBe('The sandbox answers under 127.0.0.1 and localhost only.');
  expect([response.statusCode, sandbox.requests]).toEqual([403, []]);
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
  const contact = { type: 'contact', id };
  const request = { type: 'request', request: sandbox.requests[0] };
  expect(events).toEqual([contact, contact, { type: 'message', sent }, contact, request]);
});

test('a port that is taken is refused, globals stay as they are, and closing twice does no harm', async () => {
  const globals = [globalThis.Request, globalThis.Response];
  const { sandbox } = await start();
  await expect(startSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect([globalThis.Request, globalThis.Response]).toEqual(globals);
  await sandbox.close();
  await sandbox.close();
  await expect(fetch(sandbox.url)).rejects.toThrow();
});
