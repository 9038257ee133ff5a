import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createAppTester, type ZObject } from 'zapier-platform-core';
import '../support/zap.ts';

/**
 * This integration relies on these behaviors of the platform's core. If one changes, no error shows, but users are harmed.
 * If an upgrade of core breaks a test here, change the code that the test's name points to.
 */
const run = <T>(perform: (z: ZObject) => Promise<T>) =>
  createAppTester({ version: '1.0.0', platformVersion: '19.1.0' })((z: ZObject) => perform(z), {});

const post = (z: ZObject, options: object) =>
  z.request({ url: 'https://api.example/', method: 'POST', ...options });
const api = () => nock('https://api.example');

const curlies = 'Hi {{first_name}} & {{bundle.inputData.x}}!';

describe('the platform damages user text (src/api/request.ts sends a string, unmerged)', () => {
  it('takes {{…}} out of an object body', async () => {
    api().post('/', { text: 'Hi !' }).reply(200);
    await run((z) => post(z, { body: { text: 'Hi {{first_name}}!' } }));
  });

  it('throws for {{bundle.…}} in a request', async () => {
    await expect(run((z) => post(z, { body: JSON.stringify({ text: curlies }) }))).rejects.toThrow(
      /no longer supports/,
    );
  });

  it('takes {{…}} out of params', async () => {
    api().post('/?q=Hi%20!').reply(200);
    await run((z) => post(z, { params: { q: 'Hi {{first_name}}!' } }));
  });

  it('sends {{…}} that is percent-encoded in the URL', async () => {
    const query = `q=${encodeURIComponent(curlies)}`;
    api().post(`/?${query}`).reply(200);
    await run((z) => post(z, { url: `https://api.example/?${query}`, merge: false }));
  });
});

describe('the platform answers before we can (src/api/request.ts switches it off)', () => {
  it('throws its own error for 429 unless throwForThrottlingEarly is false', async () => {
    api().post('/').reply(429);
    await expect(run((z) => post(z, {}))).rejects.toThrow(/The server returned 429/);
    api().post('/').reply(429);
    const { status } = await run((z) =>
      post(z, { throwForThrottlingEarly: false, skipThrowForStatus: true }),
    );
    expect(status).toBe(429);
  });

  it('throws its own error for 4xx unless skipThrowForStatus', async () => {
    api().post('/').reply(403, { message: 'no' });
    await expect(run((z) => post(z, {}))).rejects.toThrow(/"status":403/);
    api().post('/').reply(403, { message: 'no' });
    expect((await run((z) => post(z, { skipThrowForStatus: true }))).status).toBe(403);
  });
});

describe('what the platform leaves to us', () => {
  it('says nothing about a 200 that is no JSON (src/failures/answer-table.ts: unreadable)', async () => {
    api().post('/').reply(200, '<html>');
    expect((await run((z) => post(z, {}))).data).toBeUndefined();
  });

  it('follows redirects unless told not to (src/api/request.ts: manual)', async () => {
    api().post('/').reply(302, '', { location: 'https://elsewhere.example/' });
    nock('https://elsewhere.example').get('/').reply(200, {});
    expect((await run((z) => post(z, {}))).status).toBe(200);
    api().post('/').reply(302, '', { location: 'https://elsewhere.example/' });
    expect((await run((z) => post(z, { redirect: 'manual' }))).status).toBe(302);
  });

  it('adds its log of the run to a message unless doNotContextify (src/failures/failure.ts)', async () => {
    const halt = (marks: object) =>
      run((z) => Promise.reject(Object.assign(new z.errors.HaltedError('Empty.'), marks)));
    await expect(halt({})).rejects.toThrow(/What happened:/);
    await expect(halt({ doNotContextify: true })).rejects.toThrow(/^Empty\.$/);
  });

  it('refuses to cache a value that holds undefined at any depth', async () => {
    await expect(run((z) => z.cache.set('key', { a: [{ b: undefined }] }))).rejects.toThrow();
  });
});
