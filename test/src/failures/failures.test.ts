import { gzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { afterPartialWork } from '../../../src/failures/partial-work.ts';
import { api, apiContact, authData, contact, failure, run } from '../../support/zap.ts';

const search = (overrides = {}) =>
  run('searches.find_contact_by_custom_field', { field_name: 'phone', field_value: '1' }, overrides);
const find = () => failure(search());
const answers = (status: number, body?: object | string, headers = {}) =>
  api().get(/./).reply(status, body, headers);

describe('what a user reads when the channel answers', () => {
  it.each([
    [
      403,
      { status: 'error', message: 'The channel is\n  archived.', data: [] },
      'app.bony.chat refused the request and gave this reason: "The channel is archived". Correct what the reason names, then run the step again.',
    ],
    [
      200,
      { status: 'Error', message: 'Unknown field' },
      'app.bony.chat refused the request and gave this reason: "Unknown field". Correct what the reason names, then run the step again.',
    ],
    [
      422,
      '<html>',
      'app.bony.chat refused the request and gave no reason (status 422). Check the platform chosen in the connection.',
    ],
    [
      405,
      { status: 'error', message: '405 Method Not Allowed.', data: [] },
      'app.bony.chat does not recognize this request (status 405). Check the platform chosen in the connection.',
    ],
    [
      414,
      '<html>',
      'The text is too long for app.bony.chat (status 414). Shorten the text in the longest field.',
    ],
    [
      431,
      '<html>',
      'The text is too long for app.bony.chat (status 431). Shorten the text in the longest field.',
    ],
    [408, '', 'app.bony.chat had an internal error (status 408). Trying again is safe.'],
    [500, '', 'app.bony.chat had an internal error (status 500). Trying again is safe.'],
    [503, '', 'app.bony.chat had an internal error (status 503). Trying again is safe.'],
    [
      200,
      { data: [{ ...apiContact, tags: 'VIP' }] },
      'app.bony.chat answered in an unexpected format (at "data.0.tags" of the contact "1776025372480910"). Check the platform chosen in the connection. Trying again is safe.',
    ],
    [
      200,
      '[]',
      'app.bony.chat answered in an unexpected format. Check the platform chosen in the connection. Trying again is safe.',
    ],
  ])('%i %j', async (status, body, sentence) => {
    answers(status, body);
    expect(await find()).toMatchObject({ kind: 'AppError', status, sentence });
  });

  it('never follows a redirect', async () => {
    answers(302, '', { location: 'https://evil.example/' });
    expect(await find()).toMatchObject({
      kind: 'AppError',
      code: 'redirected',
      sentence:
        'app.bony.chat redirected the request to another address. To protect the channel token, the request was not sent there. Check the platform chosen in the connection.',
    });
  });

  it.each(['channel-token-1234', 'channel%2dtoken%252D1234', 'channel\\u002dtoken\\\\-1234'])(
    'never shows the token, even where the channel repeats it: %s',
    async (token) => {
      answers(403, { status: 'error', message: `Bearer ${token} is blocked` });
      expect((await find()).sentence).toContain('"Bearer ••• is blocked"');
    },
  );

  it.each(['channel-token-1234', 'slash/token"1234'])(
    'blacks the token %s out where the channel repeats it in its data',
    async (channel_token) => {
      nock('https://app.bony.chat')
        .get(/./)
        .reply(
          200,
          JSON.stringify({
            data: [{ ...apiContact, tags: [channel_token, 'VIP'], custom_fields: { [channel_token]: null } }],
          }).replaceAll('/', '\\/'),
        );
      const found = await search({ authData: { ...authData, channel_token } });
      expect(found).toEqual([{ ...contact, tags: ['•••', 'VIP'], custom_fields: { '•••': null } }]);
    },
  );
});

it('an ID is shown as it was typed, with a dot at its end', async () => {
  api().post('/contact/nobody./tags').reply(403, { status: 'error', message: 'No such contact.' });
  expect(await failure(run('creates.add_tags', { contact_id: 'nobody.', tags: ['VIP'] }))).toMatchObject({
    sentence: expect.stringContaining('no contact with the ID "nobody.".'),
  });
});

describe('that the channel has no such contact', () => {
  const noContact = 'There is no such contact.';
  const send = (contact_id = '60123456789') => run('creates.send_message', { contact_id, text: 'Hi' });
  const posts = () => api().post(/sendContent/);

  it.each([
    [403, { status: 'error', message: noContact }],
    [404, { status: 'error', message: 'Not Found', data: [] }],
    [400, { message: noContact }],
    [200, { status: 'error', message: noContact }],
  ])('is what the API says with status %i and %j', async (status, body) => {
    posts().reply(status, body);
    expect(await failure(send('cus_1'))).toEqual({
      kind: 'HaltedError',
      sentence:
        'This channel has no contact with the ID "cus_1". Check the Contact ID field: map the ID from a step that finds or creates the contact and uses the same connection.',
    });
    api().get(/cus_1/).reply(status, body);
    expect(await run('searches.find_contact_by_id', { contact_id: 'cus_1' })).toEqual([]);
  });

  // A phone would be tried in other spellings, each in a request of its own.
  it.each([
    [404, '<html>default backend - 404</html>'],
    [404, ''],
    [404, { message: 'no Route matched with those values' }],
    [404, { title: 'Not Found', status: 404 }],
    [500, { status: 'error', message: noContact }],
    [403, { status: 'error', message: 'The API is off for this channel.' }],
    [403, `<p>${noContact}</p>`],
  ])('is not what others say with status %i and %j', async (status, body) => {
    posts().reply(status, body);
    expect(await failure(send())).toMatchObject({ kind: 'AppError', status });
    api()
      .get(/60123456789/)
      .reply(status, body);
    const found = run('searches.find_contact_by_id', { contact_id: '60123456789' });
    expect(await failure(found)).toMatchObject({ kind: 'AppError', status });
  });

  it('is not what a success says', async () => {
    posts().reply(200, { status: 'success', message: noContact });
    expect(await send()).toMatchObject({ message: noContact });
  });

  it('names no field that the step does not have', async () => {
    api()
      .get(/by_custom_field/)
      .reply(200, { data: [apiContact] });
    api().put(`/contact/${apiContact.id}`).reply(403, { status: 'error', message: noContact });
    const inputData = { match_field: 'email', match_value: 'a@b.example', firstName: 'Ana' };
    expect(await failure(run('creates.create_or_update_contact', inputData))).toEqual({
      kind: 'HaltedError',
      sentence: `This channel has no contact with the ID "${apiContact.id}". It was probably deleted just now. Run the step again.`,
    });
  });
});

describe('the reason of a refusal', () => {
  it.each([
    ['a list', { message: ['The phone is taken.', '', 'Try another'] }, 'The phone is taken; Try another'],
    [
      'a map of fields',
      { message: { phone: ['is taken', 'is long'], email: { rule: 7 }, language: null } },
      'phone: is taken; is long; email: rule: 7',
    ],
    ['a number', { message: 42 }, '42'],
    ['two sentences', { message: 'Use version 1.2. Then stop.' }, 'Use version 1.2. Then stop'],
    [
      'the detail of problem+json',
      { type: 'about:blank', title: 'Forbidden', detail: 'Archived.' },
      'Archived',
    ],
    ['the title of problem+json', { title: 'Forbidden', status: 403 }, 'Forbidden'],
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

  it('is none where a success has a message', async () => {
    answers(200, { data: [], message: 'Done', title: 'Fine' });
    expect(await search()).toEqual([]);
  });

  it.each([{ message: {} }, { message: [[], null] }, { message: '  ' }, '"Forbidden"', '[]', 'null'])(
    'is not made up: %j',
    async (body) => {
      answers(403, body);
      expect((await find()).sentence).toMatch(
        /^app\.bony\.chat refused the request and gave no reason \(status 403\)\./,
      );
    },
  );
});

describe('an answer that begins with a byte order mark', () => {
  it('is read as a success', async () => {
    answers(200, `\ufeff${JSON.stringify({ data: [apiContact] })}`);
    expect(await search()).toEqual([contact]);
  });

  it('is read as a refusal', async () => {
    answers(403, '\ufeff{"status":"error","message":"Archived"}');
    expect((await find()).sentence).toContain('refused the request and gave this reason: "Archived".');
  });
});

describe('an answer nested 100,000 deep', () => {
  const deep = `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`;
  const request = () =>
    failure(run('creates.api_request', { method: 'POST', path: '/contact/1', body: '{}' }));

  it.each([
    ['[', ']', 100_000],
    ['{"a":[', ']}', 50_000],
  ])('is refused where it is a success: %s', async (open, close, count) => {
    api()
      .post(/./)
      .reply(200, `${open.repeat(count)}1${close.repeat(count)}`);
    expect(await request()).toMatchObject({
      code: 'unexpected_answer',
      sentence:
        'app.bony.chat answered in an unexpected format. Check the platform chosen in the connection. The request may have worked anyway: check before you run this step again.',
    });
  });

  it('gives its reason where it is a refusal', async () => {
    api().post(/./).reply(403, `{"message":"Archived","errors":${deep}}`);
    expect(await request()).toMatchObject({
      code: 'refused',
      sentence: expect.stringMatching(
        /refused the request and gave this reason: "Archived"\. .+ then run the step again\.$/,
      ),
    });
  });

  it('is a refusal also where its reason is that deep', async () => {
    api().post(/./).reply(403, `{"message":${deep}}`);
    expect(await request()).toMatchObject({ code: 'refused_without_reason', status: 403 });
  });

  it('is deep from 101 levels on', async () => {
    const levels = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`;
    api().post(/./).reply(200, levels(100));
    expect(await run('creates.api_request', { method: 'POST', path: '/contact/1' })).toMatchObject({
      status: 200,
    });
    api().post(/./).reply(200, levels(101));
    expect(await request()).toMatchObject({ code: 'unexpected_answer' });
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
  const send = (status: number, body: Buffer, headers: Record<string, string>) => {
    api().post(/./).reply(status, body, headers);
    return failure(run('creates.send_message', { contact_id: '1', text: 'Hi' }));
  };

  describe.each(bodies)('because it %s', (_name, body, headers, told) => {
    it.each([
      [302, 'redirected', /may have been sent/],
      [400, 'refused_without_reason', /^app\.bony\.chat refused .+ gave no reason \(status 400\)/],
      [401, undefined, /does not accept the channel token/],
      [403, 'refused_without_reason', /^app\.bony\.chat refused .+ gave no reason \(status 403\)/],
      [404, 'unknown_address', /^app\.bony\.chat does not recognize this request \(status 404\)/],
      [413, 'too_long', /^The text is too long/],
      [422, 'refused_without_reason', /^app\.bony\.chat refused .+ gave no reason \(status 422\)/],
      [429, undefined, /did not process this one/],
      [500, 'server_error', /may have been sent/],
    ])('means what its status %i says', async (status, code, sentence) => {
      const failed = await send(status, body, headers);
      expect(failed.code).toBe(code);
      expect(failed.sentence).toMatch(sentence);
      expect(/may have/.test(failed.sentence)).toBe(status === 302 || status === 500);
    });

    it('may be of a message that was sent where its status is 200', async () => {
      expect((await send(200, body, headers)).sentence).toBe(
        `app.bony.chat answered with ${told}. Check the platform chosen in the connection. The message may have been sent anyway: check the conversation before you run this step again.`,
      );
    });
  });
});

describe('how long a run waits after 429', () => {
  it.each([
    ['30', 30, '30 seconds'],
    ['0', 1, '1 second'],
    ['1', 1, '1 second'],
    ['3600', 3600, 'an hour'],
    ['3601', 3600, 'an hour'],
  ])('as long as Retry-After says: %s', async (header, delay, seconds) => {
    answers(429, '', { 'retry-after': header });
    expect(await find()).toEqual({
      kind: 'ThrottledError',
      delay,
      sentence: `app.bony.chat received too many requests for this channel and did not process this one. Zapier will try this step again in about ${seconds}.`,
    });
  });

  it('until the date that Retry-After says', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-01T00:00:00Z'));
    answers(429, '', { 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' });
    expect(await find()).toMatchObject({ delay: 20 });
  });

  it.each([[{}], [{ 'retry-after': 'soon' }], [{ 'retry-after': '7 minutes' }]])(
    'a minute and a bit where the channel does not say: %j',
    async (headers) => {
      answers(429, '', headers);
      const { delay } = await find();
      expect(delay).toBeGreaterThanOrEqual(60);
      expect(delay).toBeLessThan(75);
    },
  );
});

describe('what a user reads when there is no answer', () => {
  const breaks = (error: object) =>
    api()
      .get(/./)
      .replyWithError(Object.assign(new Error('broken'), error));

  it('after ten seconds', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    api().get(/./).optionally().reply(200);
    expect(await find()).toMatchObject({
      kind: 'AppError',
      code: 'timeout',
      sentence: 'app.bony.chat did not finish answering within 10 seconds. Trying again is safe.',
    });
    expect(timeout).toHaveBeenCalledWith(10_000);
  });

  it.each([{ code: 'ECONNRESET' }, {}])('where the connection breaks: %j', async (error) => {
    breaks(error);
    expect(await find()).toMatchObject({
      code: 'interrupted',
      sentence: 'The connection to app.bony.chat was lost before an answer arrived. Trying again is safe.',
    });
  });
});

it('leaves an error that is none of its own as it is', () => {
  const bug = new TypeError('a bug');
  expect(afterPartialWork(bug, { sentence: 'Done.', retryAdvice: 'Safe.', isRepeatable: true })).toBe(bug);
});

it('refuses an endless page before it looks at it', async () => {
  answers(200, `{"data":[${'{},'.repeat(120_000)}{}]}`);
  expect(await find()).toMatchObject({
    code: 'unexpected_answer',
    sentence: expect.stringContaining('(at "data")'),
  });
});
