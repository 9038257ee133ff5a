import { describe, expect, it } from '@jest/globals';
import { api, apiContact, authData, contact, failure, run, takesNewContact } from '../support/zap.ts';

const find = (phone: unknown, connection = {}) =>
  run('searches.find_contact_by_phone', { phone }, { authData: { ...authData, ...connection } });

const refusal = { status: 'error', message: 'There is no such contact.', data: [] };
const page = (...data: unknown[]) => ({ data, links: {}, meta: { total: data.length } });

/** Mocks look-ups that find nobody. Each is a value of the field `phone`, or `id ` followed by a contact ID. */
function findsNobody(...lookups: string[]): void {
  for (const lookup of lookups) {
    if (lookup.startsWith('id ')) {
      api()
        .get(`/contact/${encodeURIComponent(lookup.slice(3))}`)
        .reply(403, refusal);
    } else {
      api()
        .get(`/contact/by_custom_field?name=phone&value=${encodeURIComponent(lookup)}`)
        .reply(200, page());
    }
  }
}

describe('Find Contact by Phone', () => {
  it('makes one request for a number that is saved as most are', async () => {
    api().get('/contact/by_custom_field?name=phone&value=%2B60123456789').reply(200, page(apiContact));
    expect(await find('+60 12-345 6789')).toEqual([contact]);
  });

  it('asks for one spelling after another until one is found, and takes the newest contact that has it', async () => {
    findsNobody('+523312345000', '523312345000');
    api()
      .get('/contact/by_custom_field?name=phone&value=33%201234%205000')
      .reply(200, page({ ...apiContact, id: 'older', created_at: 1 }, apiContact));
    expect(await find('33 1234 5000', { country: 'MX' })).toEqual([contact]);
  });

  it('asks by ID last, and makes eight requests for a number that nobody has', async () => {
    findsNobody('+523312345000', '523312345000', '33 1234 5000', '3312345000');
    findsNobody('+5213312345000', '5213312345000', 'id 5213312345000', 'id whatsapp:+5213312345000');
    expect(await find('33 1234 5000', { country: 'MX' })).toEqual([]);
  });

  it('asks by ID first on WhatsApp, where the ID is the number', async () => {
    api().get('/contact/60123456789').reply(200, { data: apiContact });
    expect(await find('+60123456789', { channel_type: 'whatsapp' })).toEqual([contact]);
  });

  it('never asks by ID on Viber', async () => {
    findsNobody('+60123456789', '60123456789', '+60 12-345 6789');
    expect(await find('+60 12-345 6789', { channel_type: 'viber' })).toEqual([]);
  });

  it('fails if a look-up fails, because the contact may exist', async () => {
    findsNobody('+60123456789');
    api().get(/phone/).reply(500);
    expect(await failure(find('+60123456789'))).toMatchObject({ kind: 'AppError', status: 500 });
  });

  it('sends nothing without a phone', async () => {
    expect(await failure(find(' '))).toEqual({
      kind: 'HaltedError',
      sentence: 'The Phone field is empty. Enter or map the value to look for.',
    });
  });
});

describe('Find or Create Contact by Phone, its second half', () => {
  it('saves the phone in international form, whatever its spelling', async () => {
    takesNewContact({ phone: '+523312345000', firstName: 'Ana' });
    api().get('/contact/cus_1').reply(200, { data: apiContact });
    const inputData = { phone: '33 1234 5000', firstName: 'Ana' };
    const overrides = {
      authData: { ...authData, country: 'MX' },
      meta: { withSearch: 'find_contact_by_phone' },
    };
    expect(await run('creates.create_contact', inputData, overrides)).toEqual(contact);
  });
});
