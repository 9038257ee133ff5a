import { gzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { errorAfterWork } from '../../../src/failures/partial-work.ts';
import { api, apiContact, authData, contact, failure, run } from '../../support/zap.ts';

// The full sentence of every fault is tested in test/product/faults; these tests cover how the sentence is chosen.

const search = (overrides = {}) =>
  run('searches.find_contact_by_custom_field', { field_name: 'phone', field_value: '1' }, overrides);
const find = () => failure(search());
const answers = (status: number, body?: object | string, headers = {}) =>
  api().get(/./).reply(status, body, headers);
const checkPlatform = 'Check the platform chosen in the connection.';

it('a token that the channel repeats is blacked out in sentences, values and keys, however it is escaped', async () => {
  const channel_token = 'slash/token"1234';
  const repeats = (status: number, body: object) =>
    nock('https://app.bony.chat').get(/./).reply(status, JSON.stringify(body).replaceAll('/', '\\/'));
  repeats(403, { message: `Bearer ${encodeURIComponent(channel_token)} is blocked` });
  const connection = { authData: { ...authData, channel_token } };
  expect((await failure(search(connection))).sentence).toContain('"Bearer ••• is blocked"');
  const custom_fields = { [channel_token]: null };
  repeats(200, { data: [{ ...apiContact, tags: [channel_token, 'VIP'], custom_fields }] });
  const hidden = { ...contact, tags: ['•••', 'VIP'], custom_fields: { '•••': null } };
  expect(await search(connection)).toEqual([hidden]);
});

describe('that the channel has no such contact', () => {
  const noContact = 'There is no such contact.';
  const send = (contact_id = '60123456789') => run('creates.send_message', { contact_id, text: 'Hi' });
  const posts = () => api().post(/sendContent/);

  it.each([
    [403, { status: 'error', message: noContact }],
    [404, { status: 'error', message: 'Not Found', data: [] }],
    [400, { message: noContact }],
    [200, { status: 'Error', message: noContact }],
  ])('is what the API says with status %i and %j', async (status, body) => {
    posts().reply(status, body);
    expect(await failure(send('nobody.'))).toEqual({
      kind: 'HaltedError',
      sentence:
        'This channel has no contact with the ID "nobody.". Check the Contact ID field: map the ID from a step that finds or creates the contact and uses the same connection.',
    });
    api()
      .get(/nobody/)
      .reply(status, body);
    expect(await run('searches.find_contact_by_id', { contact_id: 'nobody.' })).toEqual([]);
  });

  // The Contact ID is a phone. If an answer were read as "no such contact", the next spelling would be tried, which nock refuses.
  it.each([
    [404, '<html>default backend - 404</html>'],
    [404, { message: 'no Route matched with those values' }],
    [500, { status: 'error', message: noContact }],
    [403, { status: 'error', message: 'The API is off for this channel.' }],
    [403, `<p>${noContact}</p>`],
    [200, { status: 'error', message: 'Not now' }],
  ])('is not what others say with status %i and %j', async (status, body) => {
    posts().reply(status, body);
    expect(await failure(send())).toMatchObject({ kind: 'AppError', status });
  });

  it('is not what a success says', async () => {
    posts().reply(200, { status: 'success', message: noContact });
    expect(await send()).toMatchObject({ message: noContact });
  });
});

describe('the reason of a refusal', () => {
  it.each([
    ['on several lines', { message: 'The channel is\n  archived.' }, 'The channel is archived'],
    ['a list', { message: ['The phone is taken.', '', 'Try another'] }, 'The phone is taken; Try another'],
    [
      'a map of fields',
      { message: { phone: ['is taken', 'is long'], email: { rule: 7 }, language: null } },
      'phone: is taken; is long; email: rule: 7',
    ],
    ['two sentences', { message: 'Use version 1.2. Then stop.' }, 'Use version 1.2. Then stop'],
    ['the detail of problem+json', { title: 'Forbidden', detail: 'Archived.' }, 'Archived'],
    ['the message beside a title', { message: 'Archived', title: 'Forbidden' }, 'Archived'],
    ['the title beside an empty message', { message: [], title: 'Forbidden' }, 'Forbidden'],
  ])('may be %s', async (_name, body, reason) => {
    answers(403, body, { 'content-type': 'application/problem+json' });
    expect(await find()).toMatchObject({
      kind: 'AppError',
      code: 'refused',
      status: 403,
      sentence: `app.bony.chat refused the request and gave this reason: "${reason}". Correct what the reason names, then run the step again.`,
    });
  });

  it('is none if a success has a message', async () => {
    answers(200, { data: [], message: 'Done', title: 'Fine' });
    expect(await search()).toEqual([]);
  });

  it.each([{ message: [[], null] }, { message: '  ' }, '"Forbidden"', 'null'])(
    'is not made up: %j',
    async (body) => {
      answers(403, body);
      expect((await find()).sentence).toContain('gave no reason (status 403).');
    },
  );
});

it('an answer may begin with a byte order mark', async () => {
  answers(200, `\ufeff${JSON.stringify({ data: [apiContact] })}`);
  expect(await search()).toEqual([contact]);
});

describe('an answer nested 100,000 deep', () => {
  const deep = `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`;
  const request = () => run('creates.api_request', { method: 'POST', path: '/contact/1' }, { forgets: true });
  const posted = (status: number, body: string) => api().post(/./).reply(status, body);

  it('is refused if it is a success, and so is one of 101 levels', async () => {
    const levels = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`;
    for (const body of [deep, levels(101)]) {
      posted(200, body);
      expect(await failure(request())).toMatchObject({
        code: 'unexpected_answer',
        sentence: `app.bony.chat answered in an unexpected format. ${checkPlatform} The request may have worked anyway: check before you run this step again.`,
      });
    }
    posted(200, levels(100));
    expect(await request()).toMatchObject({ status: 200 });
  });

  it('is a refusal if its status says so, with its reason unless the reason is what nests too deep', async () => {
    posted(403, `{"message":"Archived","errors":${deep}}`);
    expect((await failure(request())).sentence).toContain('gave this reason: "Archived".');
    posted(403, `{"message":${deep}}`);
    expect(await failure(request())).toMatchObject({ code: 'refused_without_reason', status: 403 });
  });
});

describe('an answer whose body cannot be read', () => {
  const gzip: Record<string, string> = { 'content-encoding': 'gzip' };
  const tooLarge = 'far more data than expected';
  const bodies: [name: string, body: Buffer, headers: typeof gzip, told: string][] = [
    ['is no gzip', Buffer.from('no gzip'), gzip, 'something other than data'],
    ['is too large', Buffer.alloc(500_000, ' '), {}, tooLarge],
    ['is too large once decompressed', gzipSync(Buffer.alloc(500_000, ' ')), gzip, tooLarge],
  ];

  it.each(bodies)('because it %s means what its status says', async (_name, body, headers, told) => {
    const meanings: [status: number, code: string | undefined, sentence: string][] = [
      [200, told === tooLarge ? 'too_large' : 'unreadable', `app.bony.chat answered with ${told}.`],
      [302, 'redirected', 'redirected the request'],
      [401, undefined, 'does not accept the channel token'],
      [403, 'refused_without_reason', 'gave no reason (status 403)'],
      [404, 'unknown_address', 'does not recognize this request (status 404)'],
      [405, 'unknown_address', 'does not recognize this request (status 405)'],
      [431, 'too_long', 'The text is too long'],
      [429, undefined, 'did not process this one'],
      [500, 'server_error', 'had an internal error'],
    ];
    for (const [status, code, sentence] of meanings) {
      api().post(/./).reply(status, body, headers);
      const failed = await failure(
        run('creates.send_message', { contact_id: '1', text: 'Hi' }, { forgets: true }),
      );
      expect(failed.code).toBe(code);
      expect(failed.sentence).toContain(sentence);
      expect(/may have been sent/.test(failed.sentence)).toBe([200, 302, 500].includes(status));
    }
  });
});

describe('how long a run waits after 429', () => {
  it.each([
    ['0', 1, '1 second'],
    ['1200', 1200, '20 minutes'],
    ['3601', 3600, 'an hour'],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20, '20 seconds'],
  ])('as long as Retry-After says: %s', async (header, delay, time) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-01T00:00:00Z'));
    answers(429, '', { 'retry-after': header });
    expect(await find()).toEqual({
      kind: 'ThrottledError',
      delay,
      sentence: `app.bony.chat received too many requests for this channel and did not process this one. Zapier will try this step again in about ${time}.`,
    });
  });

  it('a minute and a bit if the channel does not say', async () => {
    answers(429, '', { 'retry-after': '7 minutes' });
    const { delay } = await find();
    expect(delay).toBeGreaterThanOrEqual(60);
    expect(delay).toBeLessThan(75);
  });
});

it('leaves an error that is none of its own as it is', () => {
  const bug = new TypeError('a bug');
  expect(errorAfterWork(bug, { sentence: 'Done.', retryAdvice: 'Safe.' })).toBe(bug);
});
