import { describe, expect, it } from '@jest/globals';
import { api, apiContact, contact, failure, run } from '../support/zap.ts';

const find = (field_name: unknown, field_value: unknown) =>
  run('searches.find_contact_by_custom_field', { field_name, field_value });

const page = (...data: unknown[]) => ({ data, links: {}, meta: { total: data.length } });

describe('Find Contact by Field', () => {
  it('asks for the first page only, and outputs its contacts newest first', async () => {
    api()
      .get('/contact/by_custom_field?name=firstName&value=Muhammad%20Mahin')
      .reply(200, page({ ...apiContact, id: 2, created_at: 1 }, apiContact));
    expect(await find('firstName', 'Muhammad Mahin')).toMatchObject([contact, { id: '2' }]);
  });

  it.each([
    ['+60123456789', '%2B60123456789'],
    ['a&b=c#d', 'a%26b%3Dc%23d'],
    ['{{bundle.authData.channel_token}} 🎉', '%7B%7Bbundle.authData.channel_token%7D%7D%20%F0%9F%8E%89'],
    [0, '0'],
    [false, 'false'],
  ])('looks for %j exactly', async (value, encoded) => {
    api().get(`/contact/by_custom_field?name=x&value=${encoded}`).reply(200, page());
    expect(await find('x', value)).toEqual([]);
  });

  it('says which field is empty', async () => {
    expect((await failure(find(' ', 'x'))).sentence).toBe(
      'The Field field is empty. Choose a field, or enter the ID of a custom field.',
    );
    expect((await failure(find('phone', ''))).sentence).toBe(
      'The Field Value field is empty. Enter or map the value to look for.',
    );
  });

  it('asks for a phone in its spellings', async () => {
    api().get('/contact/by_custom_field?name=phone&value=%2B60123456789').reply(200, page());
    api().get('/contact/by_custom_field?name=phone&value=60123456789').reply(200, page(apiContact));
    expect(await find('phone', '60123456789')).toEqual([contact]);
  });

  it('refuses, in Find or Create Contact, a box that holds another value, before anything is sent', async () => {
    const inputData = { field_name: 'email', field_value: 'a@c.example', email: 'b@c.example' };
    expect(await failure(run('searches.find_contact_by_custom_field', inputData))).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringContaining('The Email field has a different value'),
    });
  });

  it('does not take an unknown address for "not found": find-or-create would make a double', async () => {
    api().get('/contact/by_custom_field?name=x&value=y').reply(404, '');
    expect(await failure(find('x', 'y'))).toMatchObject({
      kind: 'AppError',
      code: 'unknown_address',
      status: 404,
    });
  });
});
