import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, apiContact, authData, contact, failure, run } from '../support/zap.ts';

// Every limit of this integration: what is exactly as much as it allows, and one more.

const find = () => run('searches.find_contact_by_custom_field', { field_name: 'x', field_value: 'y' });
const answers = (status: number, body: object | string, headers = {}) =>
  api().get(/./).reply(status, body, headers);
const texts = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

describe('what a user fills in', () => {
  it('may be 2,000 characters in a URL', async () => {
    const send = (length: number) =>
      run('creates.api_request', { method: 'GET', path: '/contact/1', query: { x: 'x'.repeat(length) } });
    api()
      .get(`/contact/1?x=${'x'.repeat(2000)}`)
      .reply(200, {});
    expect(await send(2000)).toMatchObject({ status: 200 });
    expect((await failure(send(2001))).sentence).toBe(
      'The Query field has 2001 characters. Shorten it to at most 2000.',
    );
  });

  it.each([
    ['ñ', 500, 6],
    ['ไ', 333, 9],
    ['🎉', 250, 12],
    ['&', 1000, 3],
  ])('may take 3,000 characters in a URL, where %s takes several', async (character, most, taken) => {
    const find = (count: number) =>
      run('searches.find_contact_by_custom_field', { field_name: 'x', field_value: character.repeat(count) });
    answers(200, { data: [] });
    expect(await find(most)).toEqual([]);
    expect(await failure(find(most + 1))).toEqual({
      kind: 'HaltedError',
      sentence: `The Field Value field takes ${(most + 1) * taken} characters in a web address, which has room for 3000. Shorten it.`,
    });
  });

  it('may be 4,000 characters in the query of a URL, all together', async () => {
    const send = (count: number) => {
      const query = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`name${100 + index}`, 'ññ'.repeat(4)]),
      );
      return run('creates.api_request', {
        method: 'GET',
        path: '/contact/1',
        query: { ...query, x: 'x'.repeat(20) },
      });
    };
    answers(200, {});
    expect(await send(72)).toMatchObject({ status: 200 });
    expect((await failure(send(73))).sentence).toContain(
      'The Query field takes 4036 characters in a web address',
    );
  });

  it('may be 250,000 characters in a body', async () => {
    const send = (length: number) =>
      run('creates.api_request', { method: 'PUT', path: '/contact/1', body: `[]${' '.repeat(length - 2)}` });
    api().put('/contact/1').reply(200, {});
    expect(await send(250_000)).toMatchObject({ status: 200 });
    expect((await failure(send(250_001))).sentence).toBe(
      'The Body field has 250001 characters. Shorten it to at most 250000.',
    );
  });

  it('may be 200 tags, 10 in each request', async () => {
    const add = (count: number) => run('creates.add_tags', { contact_id: '1', tags: texts(count) });
    const chunks: number[] = [];
    api()
      .post('/contact/1/tags', ({ tags }) => chunks.push(tags.length) > 0)
      .times(21)
      .reply(200, { status: 'success' });
    await add(10);
    await add(200);
    expect(chunks).toEqual(Array(21).fill(10));
    expect((await failure(add(201))).sentence).toBe('The Tags field has 201 tags. Fill in at most 200.');
  });

  it('may be 600 fields, 30 in each request', async () => {
    const update = (count: number) =>
      run('creates.update_contact', {
        contact_id: '1',
        custom_fields: Object.fromEntries(texts(count).map((name) => [`f${name}`, name])),
      });
    const chunks: number[] = [];
    api()
      .put('/contact/1', ({ custom_fields }) => chunks.push(custom_fields.length) > 0)
      .times(21)
      .reply(200, { data: { id: '1' } });
    await update(30);
    await update(600);
    expect(chunks).toEqual(Array(21).fill(30));
    expect((await failure(update(601))).sentence).toBe('601 fields are filled in. Fill in at most 600.');
  });

  it('may be 10 quick replies', async () => {
    const send = (count: number) =>
      run('creates.send_message', {
        contact_id: '1',
        message_type: 'quick_reply',
        title: 'Which?',
        replies: texts(count),
      });
    api().post(/./).reply(200, { status: 'success' });
    await send(10);
    expect((await failure(send(11))).sentence).toContain('has 11 replies');
  });

  it('may be a host of 253 characters', async () => {
    const hostOf = (length: number) => `${'b'.repeat(length - 252)}.${'a.'.repeat(124)}com`;
    const connect = (custom_host: string) =>
      run('authentication.test', {}, { authData: { ...authData, host: 'custom', custom_host } });
    const longest = hostOf(253);
    nock(`https://${longest}`).get(/./).reply(200, { data: [] });
    expect(await connect(longest)).toEqual({ host: longest });
    expect((await failure(connect(hostOf(254)))).sentence).toContain('The Platform Address field');
  });
});

describe('what the API answers', () => {
  const whole = (length: number) => JSON.stringify({ data: [apiContact] }).padEnd(length);

  it('may be 400 kB', async () => {
    answers(200, whole(400 * 1024));
    expect(await find()).toEqual([contact]);
    answers(200, whole(400 * 1024 + 1));
    expect(await failure(find())).toMatchObject({ code: 'too_large' });
  });

  it('may be 1,000 contacts, and 10,000 tags of one', async () => {
    const one = { id: '1', created_at: 1 };
    answers(200, { data: Array(1000).fill(one) });
    expect(await find()).toHaveLength(1000);
    answers(200, { data: Array(1001).fill(one) });
    expect(await failure(find())).toMatchObject({ code: 'unexpected_answer' });
    answers(200, { data: [{ ...one, tags: Array(10_000).fill('x') }] });
    expect(await find()).toHaveLength(1);
  });

  it('may hold an ID of 500 characters', async () => {
    answers(200, { data: [{ ...apiContact, id: 'x'.repeat(500) }] });
    expect(await find()).toHaveLength(1);
    answers(200, { data: [{ ...apiContact, id: 'x'.repeat(501) }] });
    expect(await failure(find())).toMatchObject({ code: 'unexpected_answer' });
  });

  it('is quoted up to 300 characters', async () => {
    for (const length of [300, 301]) {
      answers(403, { message: 'x'.repeat(length) });
      expect((await failure(find())).sentence).toContain(`"${'x'.repeat(300)}"`);
    }
  });

  it.each([
    [299, undefined],
    [300, 'redirected'],
    [399, 'redirected'],
    [400, 'refused_without_reason'],
    [499, 'refused_without_reason'],
    [500, 'server_error'],
    [599, 'server_error'],
  ])('is read by its status: %i', async (status, code) => {
    answers(status, status === 299 ? { data: [] } : '<html>');
    const outcome = await find().then(
      () => ({}),
      () => undefined,
    );
    expect(outcome === undefined).toBe(code !== undefined);
    answers(status, status === 299 ? { data: 0 } : '<html>');
    expect((await failure(find())).code).toBe(code ?? 'unexpected_answer');
  });

  it.each([
    ['1234567', '1234567'],
    ['12345678', '•••'],
  ])('shows a token of fewer than eight characters as the word that it may be: %s', async (token, shown) => {
    nock('https://app.bony.chat')
      .get(/./)
      .reply(200, { data: [{ ...apiContact, tags: [token] }] });
    const inputData = { field_name: 'x', field_value: 'y' };
    const place = 'searches.find_contact_by_custom_field';
    expect(await run(place, inputData, { authData: { ...authData, channel_token: token } })).toEqual([
      { ...contact, tags: [shown] },
    ]);
  });
});
