import { describe, expect, it } from '@jest/globals';
import { api, failure, run, takesFields } from '../support/zap.ts';

const update = (inputData: Record<string, unknown>) =>
  run('creates.update_contact', { contact_id: '1776025372480910', ...inputData });

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `v${i}`]));

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

  it('needs a contact and a field', async () => {
    expect((await failure(update({}))).sentence).toBe(
      'No field is filled in. Fill in at least one field of the contact.',
    );
    expect((await failure(update({ contact_id: '', phone: '1' }))).sentence).toBe(
      'The Contact ID field is empty. Map the ID from a step that finds or creates the contact.',
    );
  });

  it('waits where a later request comes too early, as the first may be sent again', async () => {
    takesFields();
    api().put('/contact/1776025372480910').reply(429);
    expect(await failure(update({ custom_fields: many(31) }))).toMatchObject({
      kind: 'ThrottledError',
      sentence: expect.stringContaining('The first 30 of 31 fields were saved.'),
    });
  });

  it('says nothing of fields where only tags are filled in, and gives the ID that the channel knows', async () => {
    const unknown = { status: 'error', message: 'no such contact', data: [] };
    api().post('/contact/%2B60123456789/tags').reply(403, unknown);
    api().post('/contact/60123456789/tags').reply(200, { status: 'success' });
    expect(await update({ contact_id: '+60123456789', tags: ['VIP'] })).toMatchObject({ id: '60123456789' });
    api().post('/contact/1776025372480910/tags').reply(500);
    expect((await failure(update({ tags: ['VIP'] }))).sentence).not.toContain('fields were saved');
  });

  it('takes no number that JSON cannot write', async () => {
    expect((await failure(update({ firstName: Number.POSITIVE_INFINITY }))).sentence).toContain(
      'The First Name field contains something other than text',
    );
  });

  it('says how far it came when a later request fails, and may be run again', async () => {
    takesFields();
    api().put('/contact/1776025372480910').reply(500);
    expect(await failure(update({ custom_fields: many(70) }))).toMatchObject({
      kind: 'AppError',
      sentence:
        'The first 30 of 70 fields were saved. The others may not have been. app.bony.chat had an internal error (status 500). Running this step again is safe.',
    });
  });
});
