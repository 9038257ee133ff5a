import { describe, expect, it } from '@jest/globals';
import { api, apiContact, authData, contact, failure, run, takesFields } from '../../support/zap.ts';

const unknown = { status: 'error', message: 'There is no such contact.', data: [] };
const phone = '+60 12-345 6789';
const send = (contact_id: string, connection = {}) =>
  run('creates.send_message', { contact_id, text: 'Hi' }, { authData: { ...authData, ...connection } });

/** Announces one message to each of these IDs, and the answer to it. A message to any other ID fails the test. */
const answers = (status: number, body: object | string, ...ids: string[]) => {
  for (const id of ids)
    api()
      .post(`/message/sendContent/${encodeURIComponent(id)}`)
      .reply(status, body);
};
const sends = (id: string) => answers(200, { status: 'Success' }, id);

describe('a Contact ID that is a phone', () => {
  it.each([
    ['as IDs write it', phone, [phone], '60123456789', {}],
    ['once as it is typed', '60123456789', ['60123456789'], 'whatsapp:+60123456789', {}],
    [
      'with the country of the connection',
      '012-345 6789',
      ['012-345 6789'],
      '60123456789',
      { country: 'MY' },
    ],
  ])('is tried %s, where the channel does not know it as it is', async (_, typed, tried, id, connection) => {
    answers(403, unknown, ...tried);
    sends(id);
    expect(await send(typed, connection)).toMatchObject({ id });
  });

  it('says which spellings were tried, where none is known', async () => {
    answers(403, unknown, phone, 'whatsapp:+60123456789');
    answers(404, unknown, '60123456789');
    expect((await failure(send(phone))).sentence).toMatch(
      /^This channel has no contact with the ID "\+60 12-345 6789", nor with this phone written as "60123456789", "whatsapp:\+60123456789"\./,
    );
  });

  it.each([
    [403, { status: 'error', message: 'The contact is blocked.', data: [] }, []],
    [500, '', []],
    [429, '', []],
    [200, { status: 'error', message: 'Not now' }, []],
    [500, '', [phone]],
  ])(
    'is not tried again after %i %j: the message may have been sent',
    async (status, body, unknownBefore) => {
      answers(403, unknown, ...unknownBefore);
      answers(status, body, unknownBefore.length > 0 ? '60123456789' : phone);
      const failed = await failure(send(phone));
      expect(failed).toMatchObject(
        status === 429 ? { kind: 'ThrottledError' } : { kind: 'AppError', status },
      );
    },
  );

  it('is no phone on Viber', async () => {
    answers(403, unknown, Buffer.from(phone).toString('base64'));
    expect((await failure(send(phone, { channel_type: 'viber' }))).sentence).toMatch(
      /^This channel has no contact with the ID "\+60 12-345 6789"\./,
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

  it('finds and updates the contact', async () => {
    const path = `/contact/${encodeURIComponent(phone)}`;
    api().get(path).reply(404, unknown).put(path).reply(403, unknown);
    api().get('/contact/60123456789').reply(200, { data: apiContact });
    expect(await run('searches.find_contact_by_id', { contact_id: phone })).toEqual([contact]);
    takesFields(undefined, '60123456789');
    const updated = await run('creates.update_contact', { contact_id: phone, firstName: 'Ana' });
    expect(updated).toMatchObject({ id: '60123456789' });
  });
});

it('a Contact ID that is no phone is asked for once', async () => {
  api().get('/contact/1776025372480910').reply(403, unknown);
  expect(await run('searches.find_contact_by_id', { contact_id: '1776025372480910' })).toEqual([]);
});
