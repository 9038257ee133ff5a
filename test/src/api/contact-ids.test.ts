import { describe, expect, it } from '@jest/globals';
import { api, apiContact, authData, contact, failure, run, takesFields } from '../../support/zap.ts';

const unknown = { status: 'error', message: 'There is no such contact.', data: [] };
const phone = '+60 12-345 6789';
const encoded = encodeURIComponent(phone);
const send = (contact_id: string, connection = {}) =>
  run('creates.send_message', { contact_id, text: 'Hi' }, { authData: { ...authData, ...connection } });

describe('a Contact ID that is a phone', () => {
  it('is tried as IDs write it, where the channel does not know it as it is', async () => {
    api().post(`/message/sendContent/${encoded}`).reply(403, unknown);
    api()
      .post('/message/sendContent/60123456789', { body: [{ type: 'text', text: 'Hi' }] })
      .reply(200, { status: 'Success', message: 'Message Sent', data: [] });
    expect(await send(phone)).toMatchObject({ id: '60123456789', status: 'success' });
  });

  it('is tried once as it is typed, also where IDs write it so', async () => {
    api().post('/message/sendContent/60123456789').reply(403, unknown);
    api()
      .post('/message/sendContent/whatsapp%3A%2B60123456789')
      .reply(200, { status: 'Success', message: 'Message Sent', data: [] });
    expect(await send('60123456789')).toMatchObject({ id: 'whatsapp:+60123456789' });
  });

  it('says which spellings were tried, where none is known', async () => {
    api().post(`/message/sendContent/${encoded}`).reply(403, unknown);
    api().post('/message/sendContent/60123456789').reply(404, unknown);
    api().post('/message/sendContent/whatsapp%3A%2B60123456789').reply(403, unknown);
    expect(await failure(send(phone))).toEqual({
      kind: 'HaltedError',
      sentence:
        'This channel has no contact with the ID "+60 12-345 6789", nor with this phone written as "60123456789", "whatsapp:+60123456789". Check the Contact ID field: map the ID from a step that finds or creates the contact and uses the same connection.',
    });
  });

  it.each([
    [403, { status: 'error', message: 'The contact is blocked.', data: [] }, 'AppError'],
    [500, '', 'AppError'],
    [429, '', 'ThrottledError'],
    [200, { status: 'error', message: 'Not now' }, 'AppError'],
  ])('is not tried again after %i %j: the message may have been sent', async (status, body, kind) => {
    api().post(`/message/sendContent/${encoded}`).reply(status, body);
    expect(await failure(send(phone))).toMatchObject({ kind });
  });

  it('ends with the failure of a later spelling, and tries no further', async () => {
    api().post(`/message/sendContent/${encoded}`).reply(403, unknown);
    api().post('/message/sendContent/60123456789').reply(500);
    expect(await failure(send(phone))).toMatchObject({
      status: 500,
      sentence: expect.stringContaining('The message may have been sent anyway'),
    });
  });

  it('is read with the country of the connection', async () => {
    api().post('/message/sendContent/012-345%206789').reply(403, unknown);
    api().post('/message/sendContent/60123456789').reply(200, { status: 'Success' });
    expect(await send('012-345 6789', { country: 'MY' })).toMatchObject({ id: '60123456789' });
  });

  it('is no phone on Viber', async () => {
    api()
      .post(`/message/sendContent/${encodeURIComponent(Buffer.from(phone).toString('base64'))}`)
      .reply(403, unknown);
    expect(await failure(send(phone, { channel_type: 'viber' }))).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringMatching(/^This channel has no contact with the ID "\+60 12-345 6789"\./),
    });
  });

  it('costs one search in each later request of the run', async () => {
    api().post(`/contact/${encoded}/tags`).reply(403, unknown);
    api().post('/contact/60123456789/tags').times(3).reply(200, { status: 'success' });
    const tags = Array.from({ length: 25 }, (_, number) => `tag ${number}`);
    expect(await run('creates.add_tags', { contact_id: phone, tags })).toEqual({ id: '60123456789', tags });
  });

  it('finds the contact by ID', async () => {
    api().get(`/contact/${encoded}`).reply(404, unknown);
    api().get('/contact/60123456789').reply(200, { data: apiContact });
    expect(await run('searches.find_contact_by_id', { contact_id: phone })).toEqual([contact]);
  });

  it('updates the contact', async () => {
    api().put(`/contact/${encoded}`).reply(403, unknown);
    takesFields(undefined, '60123456789');
    expect(await run('creates.update_contact', { contact_id: phone, firstName: 'Ana' })).toMatchObject({
      id: '60123456789',
    });
  });
});

it('a Contact ID that is no phone is asked for once', async () => {
  api().get('/contact/1776025372480910').reply(403, unknown);
  expect(await run('searches.find_contact_by_id', { contact_id: '1776025372480910' })).toEqual([]);
});
