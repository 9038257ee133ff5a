import { describe, expect, it } from '@jest/globals';
import { api, apiContact, contact, failure, run, takesFields, takesNewContact } from '../../support/zap.ts';

const id = '1776025372480910';
const answer = { status: 'success', message: 'Contact Tags have been added successfully.', data: [] };
const takesTags = (contactId: string, tags: string[]) =>
  api().post(`/contact/${contactId}/tags`, { tags }).reply(200, answer);

describe('tags beside the fields of a contact', () => {
  it('are added to a new contact after its fields, separated by commas and line breaks', async () => {
    takesNewContact({ firstName: 'Ana' });
    takesTags('cus_1', ['VIP', 'Web form', 'June']);
    const inputData = { firstName: 'Ana', tags: ['VIP, Web form', ' June \n\nVIP'] };
    expect(await run('creates.create_contact', inputData)).toEqual({
      id: 'cus_1',
      custom_fields: { firstName: 'Ana' },
      tags: ['VIP', 'Web form', 'June'],
    });
  });

  it('are added to a contact that is updated, with fields and without', async () => {
    takesFields();
    takesTags(id, ['VIP']);
    const inputData = { contact_id: id, tags: ['VIP'] };
    expect(await run('creates.update_contact', { ...inputData, firstName: 'Ana' })).toEqual({
      id,
      custom_fields: { firstName: 'Ana' },
      tags: ['VIP'],
    });
    takesTags(id, ['VIP']);
    expect(await run('creates.update_contact', inputData)).toEqual({ id, custom_fields: {}, tags: ['VIP'] });
  });

  it('are added by Create or Update Contact to a contact that it creates', async () => {
    const inputData = { match_field: 'email', match_value: 'a@b.example', tags: 'VIP' };
    api()
      .get(/by_custom_field/)
      .reply(200, { data: [] });
    takesNewContact();
    takesTags('cus_1', ['VIP']);
    expect(await run('creates.create_or_update_contact', inputData)).toMatchObject({
      tags: ['VIP'],
      created: true,
    });
  });

  it('are added by the second half of a find-or-create, before the contact is read back', async () => {
    takesNewContact();
    takesTags('cus_1', ['VIP']);
    api().get('/contact/cus_1').reply(200, { data: apiContact });
    const meta = { withSearch: 'find_contact_by_phone' };
    const inputData = { phone: '+60123456789', tags: ['VIP'] };
    expect(await run('creates.create_contact', inputData, { meta })).toEqual(contact);
  });

  it('are not sent where none is left', async () => {
    takesNewContact({ firstName: 'Ana' });
    expect(await run('creates.create_contact', { firstName: 'Ana', tags: [' , ', ''] })).toEqual({
      id: 'cus_1',
      custom_fields: { firstName: 'Ana' },
    });
  });

  it('are no fields: a new contact needs one', async () => {
    expect((await failure(run('creates.create_contact', { tags: ['VIP'] }))).sentence).toBe(
      'No field is filled in. Fill in at least one field of the contact.',
    );
  });
});

describe('tags that cannot be added after the fields were saved', () => {
  it('of a new contact: running the step again goes on with it', async () => {
    takesNewContact({ firstName: 'Ana' });
    api().post('/contact/cus_1/tags').reply(500);
    expect(await failure(run('creates.create_contact', { firstName: 'Ana', tags: ['VIP'] }))).toMatchObject({
      kind: 'AppError',
      sentence:
        'The contact was created with the ID "cus_1", but some of its tags may not have been added. app.bony.chat had an internal error (status 500). Running this step again within 12 hours is safe, because it goes on with this contact.',
    });
  });

  it('of a contact that was looked for: running the step again finds it', async () => {
    api()
      .get(/by_custom_field/)
      .reply(200, { data: [] });
    takesNewContact();
    api().post('/contact/cus_1/tags').reply(429);
    const inputData = { match_field: 'email', match_value: 'a@b.example', tags: ['VIP'] };
    expect(await failure(run('creates.create_or_update_contact', inputData))).toMatchObject({
      kind: 'AppError',
      sentence: expect.stringMatching(
        /^The contact was created with the ID "cus_1", but some of its tags may not have been added\. .+ Running this step again is safe, because it looks for the contact first\.$/,
      ),
    });
  });

  it('of a contact that was updated: the platform may run the step again', async () => {
    takesFields();
    api().post(`/contact/${id}/tags`).reply(429);
    const inputData = { contact_id: id, firstName: 'Ana', tags: ['VIP'] };
    expect(await failure(run('creates.update_contact', inputData))).toMatchObject({
      kind: 'ThrottledError',
      sentence: expect.stringMatching(/^The fields were saved, but some tags may not have been added\. /),
    });
  });
});
