import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, apiContact, authData, contact, failure, run } from '../support/zap.ts';

const find = (contact_id: unknown, bundle = {}) => run('searches.find_contact_by_id', { contact_id }, bundle);

describe('Find Contact by ID', () => {
  it('asks for the contact once and outputs it with its date in ISO 8601', async () => {
    api().get('/contact/1776025372480910').reply(200, { data: apiContact });
    expect(await find('1776025372480910')).toEqual([contact]);
  });

  it.each([
    ['whatsapp:+60123456789', 'whatsapp%3A%2B60123456789'],
    ['cus_112233344555', 'cus_112233344555'],
    [' 60123456789\n', '60123456789'],
    [60123456789, '60123456789'],
    ['a/b?c#d%2e', 'a%2Fb%3Fc%23d%252e'],
  ])('percent-encodes the ID %j', async (id, segment) => {
    api().get(`/contact/${segment}`).reply(200, { data: apiContact });
    expect(await find(id)).toEqual([contact]);
  });

  it.each(['', '  ', undefined, null, '.', '..', 'x'.repeat(501)])(
    'refuses %j as an ID without asking',
    async (id) => {
      expect(await failure(find(id))).toEqual({
        kind: 'HaltedError',
        sentence: expect.stringMatching(
          /^The Contact ID field .*Map the ID from a step that finds or creates the contact\.$/,
        ),
      });
    },
  );

  it('refuses an ID with half a character in it', async () => {
    expect((await failure(find('1\ud83c'))).sentence).toBe(
      'The Contact ID field contains a broken character. Type or map it again.',
    );
  });

  it('finds nothing also if the token is a word of what the channel says', async () => {
    nock('https://app.bony.chat/api/v1')
      .get('/contact/1')
      .reply(403, { status: 'error', message: 'There is no such contact.', data: [] });
    expect(await find('1', { authData: { ...authData, channel_token: 'contact' } })).toEqual([]);
  });
});
