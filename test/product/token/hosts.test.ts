import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRunner, loadBuiltIntegration, readFailure } from '../../../tools/zapier/runner.ts';
import { failure } from '../../support/failure.ts';
import { answerWithSuccess, startRecorder, watchSockets } from '../../support/recorder.ts';
import { places, token } from './places.ts';

const run = createRunner(await loadBuiltIntegration());
let opened: string[];

describe('where the token goes in production', () => {
  const connection = { host: 'custom', channel_token: token };
  beforeEach(() => {
    opened = watchSockets({ isClosed: true });
  });

  it.each(places)('$place $inputData: to the host of the connection', async ({ place, inputData, meta }) => {
    const authData = { ...connection, custom_host: 'https://Chat.Example.com/' };
    await run(place, { inputData, authData, meta: meta ?? {} }).catch(readFailure);
    const expected = place === 'authentication.connectionLabel' ? [] : ['chat.example.com:443'];
    expect([...new Set(opened)]).toEqual(expected);
  });

  it('nowhere but to the name that was typed, whatever was typed', async () => {
    const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
    const label = oneOf(...'app evil bony 127 0x7f 1 localhost com example xn--a ａ'.split(' '));
    const glue = oneOf('.', '..', '@', ':', '/', '\\', '#', '?', '。', '%2e', ' ', '\t', '[', ']');
    const host = fc.array(fc.tuple(label, glue), { maxLength: 5 }).map((parts) => parts.flat().join(''));
    const named = fc.tuple(host, label).map((parts) => parts.join(''));
    const typed = fc.oneof(host, named, fc.webUrl(), fc.domain(), fc.string());
    const connect = async (custom_host: string) => {
      opened.length = 0;
      const running = run('authentication.test', { authData: { ...connection, custom_host } });
      const isRefused = (await failure(running)).kind === 'HaltedError';
      const name = /^(?:https?:\/\/)?(.*?)\/?$/s.exec(custom_host.trim().toLowerCase())?.[1] ?? '';
      expect(opened).toEqual(isRefused ? [] : [`${name}:443`]);
      expect(isRefused || /^[a-z0-9.-]+\.[a-z]+$/.test(name)).toBe(true);
    };
    await fc.assert(fc.asyncProperty(typed, connect), { numRuns: 500 });
  });
});

const api = await startRecorder((request, response) => {
  if (!request.url?.includes('by_custom_field')) return answerWithSuccess(request, response);
  const next = `http://127.0.0.2:${api.port}/api/v1/contact/by_custom_field?page=2`;
  const meta = { current_page: 1, last_page: 3, per_page: 1, total: 1 };
  const links = { first: next, last: next, prev: next, next };
  response.end(JSON.stringify({ data: [{ id: '1', created_at: 1575618542 }], links, meta }));
});
afterAll(() => api.close());

describe('where the token goes whatever the API answers', () => {
  const authData = { host: 'app.bony.chat', channel_token: token };
  beforeEach(() => {
    process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
    opened = watchSockets();
    api.takeRequests();
  });

  it.each(places.filter(({ place }) => place !== 'authentication.connectionLabel'))(
    '$place $inputData: not along its links',
    async ({ place, inputData, meta }) => {
      await run(place, { inputData, authData, forgets: true, meta: meta ?? {} });
      expect([...new Set(opened)]).toEqual([`127.0.0.1:${api.port}`]);
      const urls = api.takeRequests().map(({ url }) => url);
      expect(urls).not.toEqual([]);
      expect(urls.filter((url) => !url.startsWith('/api/v1/'))).toEqual([]);
    },
  );

  it.each([
    ['https:evil.example', '/api/v1/https:evil.example'],
    ['/%2f%2fevil.example', '/api/v1/%2f%2fevil.example'],
    ['@evil.example', '/api/v1/@evil.example'],
    [':443@evil.example', '/api/v1/:443@evil.example'],
    ['/contact;@evil.example', '/api/v1/contact;@evil.example'],
  ])('api_request takes the path %j below its own', async (path, url) => {
    await run('creates.api_request', { inputData: { method: 'GET', path }, authData });
    expect(api.takeRequests()).toMatchObject([{ url }]);
    expect(opened).toEqual([`127.0.0.1:${api.port}`]);
  });
});
