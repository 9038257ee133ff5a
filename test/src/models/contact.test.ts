import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod/mini';
import { contactPageSchema, tolerantPageSchema } from '../../../src/models/contact.ts';
import { api, apiContact, contact, failure, run } from '../../support/zap.ts';

const { MAX_SAFE_INTEGER } = Number;

it.each([
  ['total', 'total', 0],
  ['last_page', 'lastPage', 0],
  ['per_page', 'perPage', 1],
] as const)(
  '%s counts if it is a whole number from its least on, as a number or as text',
  (key, name, least) => {
    const read = (count: unknown) =>
      schema.parse(contactPageSchema, { data: [], meta: { [key]: count } })[name];
    for (const count of [least, least + 1, MAX_SAFE_INTEGER]) {
      expect([read(count), read(String(count))]).toEqual([count, count]);
    }
    for (const count of [least - 1, -7, 1.5, '', ' ', 'ten', MAX_SAFE_INTEGER + 1, null, [1]]) {
      expect([count, read(count)]).toEqual([count, undefined]);
    }
  },
);

/** Returns what a trigger or a search reads from a page whose second contact of three is changed by `odd`. */
async function readIn(odd: object, place: 'triggers' | 'searches') {
  const other = { ...apiContact, custom_fields: {} };
  const body = { data: [{ ...other, id: '2' }, { ...apiContact, ...odd }, other] };
  api().get('/contact/by_custom_field?name=plan&value=a').reply(200, body);
  const inputData = { field_name: 'plan', field_values: ['a'], field_value: 'a' };
  return place === 'triggers'
    ? run('triggers.new_contact', inputData, { meta: { isLoadingSample: true } })
    : run('searches.find_contact_by_custom_field', inputData);
}

describe('a contact that cannot be read', () => {
  it.each([
    ...[null, 'soon', '', { date: 1 }].map((created_at) => [{ created_at }, 'created_at'] as const),
    ...[null, '', '..', '\ud800', 2 ** 53, 1.5].map((id) => [{ id }, 'id'] as const),
  ])('%j: triggers leave it out, searches name it', async (odd, at) => {
    const other = { ...contact, custom_fields: {} };
    expect(await readIn(odd, 'triggers')).toEqual([{ ...other, id: '2' }, other]);
    const named = 'id' in odd ? '' : ' of the contact "1776025372480910"';
    expect((await failure(readIn(odd, 'searches'))).sentence).toContain(
      `in an unexpected format (at "data.1.${at}"${named}). Check`,
    );
  });

  it.each([
    ...['VIP', 7, Array(10_001).fill('x')].map((tags) => ['tags', tags, []] as const),
    ...['x', ['x'], [null], true].map((fields) => ['custom_fields', fields, {}] as const),
  ])('is read by triggers without its odd %s %j, and named by searches', async (key, value, empty) => {
    const odd = { id: '3', [key]: value };
    expect(await readIn(odd, 'triggers')).toContainEqual({ ...contact, id: '3', [key]: empty });
    expect((await failure(readIn(odd, 'searches'))).sentence).toContain(`"data.1.${key}" of the contact "3"`);
  });

  it.each<[odd: object, read: object]>([
    [{ tags: [null, 'VIP', 7, { a: 1 }, ['x'], true], more: 1 }, { tags: ['VIP', '7'] }],
    [{ tags: null }, { tags: [] }],
    [{ custom_fields: null }, { custom_fields: {} }],
    [{ custom_fields: [] }, { custom_fields: {} }],
    [{ custom_fields: { plan: ['a'], old: null } }, { custom_fields: { plan: ['a'], old: null } }],
    [{ created_at: '1575618542' }, {}],
    [{ created_at: '2019-12-06T08:49:02+01:00', id: 3 }, {}],
  ])('is none only because a tag or a field is odd: %j', async (odd, read) => {
    const whole = { ...contact, ...read, id: '3' };
    expect(await readIn({ id: '3', ...odd }, 'triggers')).toContainEqual(whole);
    expect(await readIn({ id: '3', ...odd }, 'searches')).toContainEqual(whole);
  });

  it('is all that is on a page: that is refused, unless it is one of a list that has others', () => {
    const read = (count: number, total?: number) =>
      schema.safeParse(tolerantPageSchema, { data: Array(count).fill({}), meta: { total } }).success;
    expect([read(2), read(1), read(2, 12), read(1, 1)]).toEqual([false, false, false, false]);
    expect([read(1, 11), read(0)]).toEqual([true, true]);
  });
});

describe('a number that JavaScript would round', () => {
  const { id } = apiContact;
  const find = (contactId: string, fields = '') => {
    const tags = '[60123456789012345678]';
    const data = `{"id":${contactId},"created_at":1575618542,"tags":${tags},"custom_fields":{${fields}}}`;
    api().get(`/contact/${id}`).reply(200, `{"data":${data}}`);
    return run('searches.find_contact_by_id', { contact_id: id });
  };

  it('keeps its digits as text in fields and tags', async () => {
    const big = '"a":60123456789012345678,"b":-9007199254740993,"d":[1.5,12345678901234567]';
    const others = '"c":9007199254740991,"e":"1 : 12345678901234567890"';
    const custom_fields = {
      a: '60123456789012345678',
      b: '-9007199254740993',
      c: 9007199254740991,
      d: [1.5, '12345678901234567'],
      e: '1 : 12345678901234567890',
    };
    const tags = ['60123456789012345678'];
    expect(await find(`"${id}"`, `${big},${others}`)).toMatchObject([{ tags, custom_fields }]);
  });

  it.each(['9007199254740993', ' 1776025372480910123'])('is not taken for an ID: %s', async (number) => {
    const sentence = expect.stringContaining('in an unexpected format (at "data.id").');
    expect(await failure(find(number))).toMatchObject({ sentence });
    api().post('/contact/').reply(200, `{"data":{"id":${number}}}`);
    expect(await failure(run('creates.create_contact', { firstName: 'Ana' }))).toMatchObject({ sentence });
  });

  it('is an ID up to 2^53', async () => {
    expect(await find('9007199254740991')).toMatchObject([{ id: '9007199254740991' }]);
  });

  it('keeps its digits in API Request', async () => {
    api().get('/contact/1').reply(200, '{"data":{"id":17760253724809101,"n":7}}');
    expect(await run('creates.api_request', { method: 'GET', path: '/contact/1' })).toMatchObject({
      data: { data: { id: '17760253724809101', n: 7 } },
    });
  });
});
