import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRunner, loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { answerWithSuccess, startRecorder, watchSockets } from '../../support/recorder.ts';
import { places, token } from './places.ts';

const run = createRunner(await loadBuiltIntegration());
let opened: string[];
const api = await startRecorder((request, response) => {
  if (!request.url?.includes('by_custom_field')) return answerWithSuccess(request, response);
  const next = `http://127.0.0.2:${api.port}/api/v1/contact/by_custom_field?page=2`;
  const contact = { id: '1', created_at: 1575618542 };
  const meta = { current_page: 1, last_page: 3, per_page: 1, total: 1 };
  response.end(
    JSON.stringify({ data: [contact], links: { first: next, last: next, prev: next, next }, meta }),
  );
});
afterAll(() => api.close());

describe('where the token goes whatever the API answers', () => {
  beforeEach(() => {
    process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
    opened = watchSockets();
  });
  const authData = { host: 'app.bony.chat', channel_token: token };
  const request = (path: string) =>
    run('creates.api_request', { inputData: { method: 'GET', path }, authData });
  const own = () => [`127.0.0.1:${api.port}`];

  it.each(places.filter(({ place }) => place !== 'authentication.connectionLabel'))(
    '$place $inputData: not along its links',
    async ({ place, inputData, meta }) => {
      api.takeRequests();
      await run(place, { inputData, authData, forgets: true, meta: meta ?? {} });
      expect([...new Set(opened)]).toEqual(own());
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
    api.takeRequests();
    await request(path);
    expect(api.takeRequests()).toMatchObject([{ url }]);
    expect(opened).toEqual(own());
  });
});
