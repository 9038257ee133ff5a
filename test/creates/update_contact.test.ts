import { describe, expect, it } from '@jest/globals';
import { api, failure, run, takesFields } from '../support/zap.ts';

const update = (inputData: Record<string, unknown>) =>
  run('creates.update_contact', { contact_id: '1776025372480910', ...inputData });

describe('Update Contact', () => {
  it('sends what is filled in, and only that', async () => {
    takesFields({ firstName: 'Muhammad Mahin', lastName: 'Dar' });
    expect(await update({ firstName: 'Muhammad Mahin', lastName: 'Dar', email: '' })).toEqual({
      id: '1776025372480910',
      custom_fields: { firstName: 'Muhammad Mahin', lastName: 'Dar' },
    });
  });

  it('blanks the fields to clear, but not those that have a value', async () => {
    takesFields({ phone: '1', email: '' });
    await update({ phone: '1', clear_fields: ['email', ' ', '', 'phone'] });
  });

  it.each([
    [{}, 'No field is filled in. Fill in at least one field of the contact.'],
    [
      { contact_id: '', phone: '1' },
      'The Contact ID field is empty. Map the ID from a step that finds or creates the contact.',
    ],
    [
      { firstName: Number.POSITIVE_INFINITY },
      'The First Name field contains something other than text, a number or yes/no. Map a single value into it.',
    ],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(update(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  it('says nothing of fields if only tags are filled in, and outputs the ID that the channel knows', async () => {
    const unknown = { status: 'error', message: 'no such contact', data: [] };
    api().post('/contact/%2B60123456789/tags').reply(403, unknown);
    api().post('/contact/60123456789/tags').reply(200, { status: 'success' });
    expect(await update({ contact_id: '+60123456789', tags: ['VIP'] })).toMatchObject({ id: '60123456789' });
    api().post('/contact/1776025372480910/tags').reply(500);
    expect((await failure(update({ tags: ['VIP'] }))).sentence).not.toContain('fields were saved');
  });

  it.each([
    [500, 'AppError', 'app.bony.chat had an internal error (status 500). Running this step again is safe.'],
    [
      429,
      'ThrottledError',
      'app.bony.chat received too many requests for this channel and did not process this one. Zapier will try this step again in about 7 seconds.',
    ],
  ])(
    'says how far it came if a later request gets %i, and may be run again',
    async (status, kind, reason) => {
      takesFields();
      api().put('/contact/1776025372480910').reply(status, '', { 'retry-after': '7' });
      const fields = Array.from({ length: 70 }, (_, i) => [`f${i}`, 'x']);
      expect(await failure(update({ custom_fields: Object.fromEntries(fields) }))).toMatchObject({
        kind,
        sentence: `The first 30 of 70 fields were saved. The others may not have been. ${reason}`,
      });
    },
  );
});
