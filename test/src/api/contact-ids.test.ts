import { describe, expect, it } from '@jest/globals';
import { api, apiContact, authData, contact, failure, run } from '../../support/zap.ts';

const unknown = { status: 'error', message: 'There is no such contact.', data: [] };
const phone = '+60 12-345 6789';
const send = (contact_id: string, connection = {}) =>
  run('creates.send_message', { contact_id, text: 'Hi' }, { authData: { ...authData, ...connection } });

/** Mocks one message to this ID and its answer. A message to any other ID fails the test. */
const answers = (id: string, status: number, body: object) =>
  api()
    .post(`/message/sendContent/${encodeURIComponent(id)}`)
    .reply(status, body);

describe('a Contact ID that is a phone', () => {
  it.each([
    ['as IDs write it', phone, '60123456789', {}],
    ['once as it is typed', '60123456789', 'whatsapp:+60123456789', {}],
    ['with the country of the connection', '012-345 6789', '60123456789', { country: 'MY' }],
  ])('is tried %s, where the channel does not know it as it is', async (_, typed, id, connection) => {
    answers(typed, 403, unknown);
    answers(id, 200, { status: 'Success' });
    expect(await send(typed, connection)).toMatchObject({ id });
  });

  it('says which spellings were tried if the channel knows none of them', async () => {
    for (const id of [phone, 'whatsapp:+60123456789']) answers(id, 403, unknown);
    answers('60123456789', 404, unknown);
    expect((await failure(send(phone))).sentence).toMatch(
      /^This channel has no contact with the ID "\+60 12-345 6789", nor with this phone written as "60123456789", "whatsapp:\+60123456789"\./,
    );
  });

  it('costs one search in each later request of the run', async () => {
    api()
      .post(`/contact/${encodeURIComponent(phone)}/tags`)
      .reply(403, unknown);
    api().post('/contact/60123456789/tags').times(3).reply(200, { status: 'success' });
    const tags = Array.from({ length: 25 }, (_, number) => `tag ${number}`);
    expect(await run('creates.add_tags', { contact_id: phone, tags })).toEqual({ id: '60123456789', tags });
  });

  it('finds the contact', async () => {
    api()
      .get(`/contact/${encodeURIComponent(phone)}`)
      .reply(404, unknown);
    api().get('/contact/60123456789').reply(200, { data: apiContact });
    expect(await run('searches.find_contact_by_id', { contact_id: phone })).toEqual([contact]);
  });
});

it('a Contact ID that is no phone is asked for once', async () => {
  api().get('/contact/1776025372480910').reply(403, unknown);
  expect(await run('searches.find_contact_by_id', { contact_id: '1776025372480910' })).toEqual([]);
});
