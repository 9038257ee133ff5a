import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { start } from './client.ts';

const PATH = '/contact/1776025372480910';

/** Makes a request that meets a fault, and reads its answer whole. */
async function meet(fault: string): Promise<{ status: number; text: string }> {
  const { sandbox } = await start();
  sandbox.failNext(1, fault);
  const response = await fetch(`${sandbox.url}/api/v1${PATH}`);
  return { status: response.status, text: await response.text() };
}

test.each(['reset in mid-answer', 'Content-Length too large', 'broken gzip'])(
  '%s: headers come, the answer breaks',
  async (fault) => {
    await expect(meet(fault)).rejects.toThrow(/terminated/);
  },
);

test('an answer longer than its Content-Length is cut', async () => {
  expect(await meet('Content-Length too small')).toEqual({ status: 200, text: '{"dat' });
});

test.each(['headers and then silence', 'a byte a second'])('%s: the answer does not end', async (fault) => {
  const { sandbox } = await start();
  sandbox.failNext(1, fault);
  const given = new AbortController();
  const response = await fetch(`${sandbox.url}/api/v1${PATH}`, { signal: given.signal });
  const text = response.text();
  // An answer that ends would do so now.
  const first = await Promise.race([text.then(() => 'the end'), sleep(100, 'time')]);
  given.abort(new Error('Given up.'));
  await expect(text).rejects.toThrow('Given up.');
  expect([response.status, first]).toEqual([200, 'time']);
});

test.each(['a 25 MB answer', 'a 25 MB answer, gzipped to 25 kB'])('%s is 25 MB of JSON', async (fault) => {
  const { data } = JSON.parse((await meet(fault)).text);
  expect(data).toHaveLength(25 * 1024 * 1024);
});

test('a request can be carried out and its answer be lost', async () => {
  const { send, sandbox } = await start();
  sandbox.failNext(1, 'carried out, then the connection is reset');
  await expect(send('POST', `${PATH}/tags`, { tags: ['A'] })).rejects.toMatchObject({
    cause: { code: 'ECONNRESET' },
  });
  sandbox.failNext(1, { afterwards: { status: 502, body: 'Bad Gateway', contentType: 'text/plain' } });
  const response = await fetch(`${sandbox.url}/api/v1${PATH}`, {
    headers: { Authorization: `Bearer ${sandbox.token}` },
  });
  expect([response.status, await response.text()]).toEqual([502, 'Bad Gateway']);
  expect(sandbox.store.get('1776025372480910')?.tags).toContain('A');
  expect(sandbox.requests.map(({ status }) => status)).toEqual([null, 502]);
});
