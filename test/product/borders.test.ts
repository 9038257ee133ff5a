import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, apiContact, authData, contact, failure, run } from '../support/zap.ts';

// Each limit of this integration is tested on both sides: the largest allowed amount works, and one more is refused.

const find = (field_value = 'y', overrides = {}) =>
  run('searches.find_contact_by_custom_field', { field_name: 'x', field_value }, overrides);
const request = (inputs: object) =>
  run('creates.api_request', { method: 'GET', path: '/contact/1', ...inputs });
const answers = (status: number, body: object | string) => api().get(/./).reply(status, body);
const texts = (count: number) => Array.from({ length: count }, (_, index) => `${100 + index}`);
const pairs = (count: number, value = 'x') => Object.fromEntries(texts(count).map((name) => [name, value]));

/** Fails unless `most` succeeds and `most + 1` is refused with this sentence. */
async function expectBorder(most: number, send: (count: number) => Promise<unknown>, sentence: string) {
  await send(most);
  const refused = { kind: 'HaltedError', sentence: expect.stringContaining(sentence) };
  expect(await failure(send(most + 1))).toEqual(refused);
}

describe('what a user fills in', () => {
  it('may be 2,000 characters in a URL', async () => {
    answers(200, {});
    const send = (length: number) => request({ query: { x: 'x'.repeat(length) } });
    await expectBorder(2000, send, 'The Query field has 2001 characters. Shorten it to at most 2000.');
  });

  it.each([
    ['ñ', 500, 6],
    ['ไ', 333, 9],
    ['🎉', 250, 12],
    ['&', 1000, 3],
  ])('may take 3,000 characters in a URL, in which %s takes several', async (character, most, taken) => {
    answers(200, { data: [] });
    const sentence = `takes ${(most + 1) * taken} characters in a web address, which has room for 3000. Shorten it.`;
    await expectBorder(most, (count) => find(character.repeat(count)), sentence);
  });

  it('may be 4,000 characters in the query of a URL, all together', async () => {
    answers(200, {});
    const send = (length: number) =>
      request({ query: { ...pairs(72, 'ñ'.repeat(8)), x: 'x'.repeat(length) } });
    await expectBorder(327, send, 'The Query field takes 4001 characters in a web address');
  });

  it('may be 250,000 characters in a body', async () => {
    api().put('/contact/1').reply(200, {});
    const send = (length: number) => request({ method: 'PUT', body: '[]'.padEnd(length) });
    const sentence = 'The Body field has 250001 characters. Shorten it to at most 250000.';
    await expectBorder(250_000, send, sentence);
  });

  const tags = (count: number) => run('creates.add_tags', { contact_id: '1', tags: texts(count) });
  const fields = (count: number) =>
    run('creates.update_contact', { contact_id: '1', custom_fields: pairs(count) });
  it.each([
    [200, 'tags', 10, 'POST', tags, 'The Tags field has 201 tags. Fill in at most 200.'],
    [600, 'custom_fields', 30, 'PUT', fields, '601 fields are filled in. Fill in at most 600.'],
  ] as const)('may be %i %s, %i in each request', async (most, key, each, method, send, sentence) => {
    const chunks: number[] = [];
    api()
      .intercept(/./, method, (body) => chunks.push(body[key].length) > 0)
      .times(21)
      .reply(200, { status: 'success', data: { id: '1' } });
    await send(each);
    await expectBorder(most, send, sentence);
    expect(chunks).toEqual(Array(21).fill(each));
  });

  it('may be 10 quick replies', async () => {
    api().post(/./).reply(200, { status: 'success' });
    const message = { contact_id: '1', message_type: 'quick_reply', title: 'Which?' };
    const send = (count: number) => run('creates.send_message', { ...message, replies: texts(count) });
    await expectBorder(10, send, 'has 11 replies');
  });

  it('may be a host of 253 characters', async () => {
    const hostOf = (length: number) => `${'b'.repeat(length - 252)}.${'a.'.repeat(124)}com`;
    nock(`https://${hostOf(253)}`)
      .get(/./)
      .reply(200, { data: [] });
    const connect = (length: number) =>
      run(
        'authentication.test',
        {},
        { authData: { ...authData, host: 'custom', custom_host: hostOf(length) } },
      );
    await expectBorder(253, connect, 'The Platform Address field');
  });
});

describe('what the API answers', () => {
  const whole = (length: number) => JSON.stringify({ data: [apiContact] }).padEnd(length);
  const contacts = (count: number) => ({ data: Array(count).fill({ id: '1', created_at: 1 }) });
  const withId = (length: number) => ({ data: [{ ...apiContact, id: 'x'.repeat(length) }] });

  it.each([
    ['400 kB', 1, whole(400 * 1024), whole(400 * 1024 + 1), 'too_large'],
    ['1,000 contacts', 1000, contacts(1000), contacts(1001), 'unexpected_answer'],
    ['an ID of 500 characters', 1, withId(500), withId(501), 'unexpected_answer'],
  ])('may be %s', async (_, count, allowed, more, code) => {
    answers(200, allowed);
    expect(await find()).toHaveLength(count);
    answers(200, more);
    expect(await failure(find())).toMatchObject({ code });
  });

  it('may hold 10,000 tags of a contact', async () => {
    answers(200, { data: [{ ...apiContact, tags: Array(10_000).fill('x') }] });
    expect(await find()).toHaveLength(1);
  });

  it.each([300, 301])('of %i characters is quoted up to 300', async (length) => {
    answers(403, { message: 'x'.repeat(length) });
    expect((await failure(find())).sentence).toContain(`"${'x'.repeat(300)}"`);
  });

  it.each([
    [299, 'unexpected_answer'],
    [300, 'redirected'],
    [399, 'redirected'],
    [400, 'refused_without_reason'],
    [499, 'refused_without_reason'],
    [500, 'server_error'],
    [599, 'server_error'],
  ])('is read by its status: %i', async (status, code) => {
    answers(status, { data: 0 });
    expect((await failure(find())).code).toBe(code);
  });

  it.each([
    ['1234567', '1234567'],
    ['12345678', '•••'],
  ])('shows a token of fewer than eight characters as the word that it may be: %s', async (token, shown) => {
    const data = [{ ...apiContact, tags: [token] }];
    nock('https://app.bony.chat').get(/./).reply(200, { data });
    const authorized = { authData: { ...authData, channel_token: token } };
    expect(await find('y', authorized)).toEqual([{ ...contact, tags: [shown] }]);
  });
});
