import { describe, expect, it } from '@jest/globals';
import { api, apiContact, contact, failure, run, takesFields, takesNewContact } from '../../support/zap.ts';

const { id } = apiContact;
const takesTags = (contactId: string, tags: string[]) =>
  api().post(`/contact/${contactId}/tags`, { tags }).reply(200, { status: 'success' });

describe('tags beside the fields of a contact', () => {
  it.each([
    [
      ['VIP, Web form', ' June \n\nVIP'],
      ['VIP', 'Web form', 'June'],
    ],
    [[' , ', ''], undefined],
  ])('%j: a new contact gets them after its fields, if any are left', async (given, tags) => {
    takesNewContact({ firstName: 'Ana' });
    if (tags) takesTags('cus_1', tags);
    const output = { id: 'cus_1', custom_fields: { firstName: 'Ana' }, ...(tags && { tags }) };
    expect(await run('creates.create_contact', { firstName: 'Ana', tags: given })).toEqual(output);
  });

  it('are added to a contact that is updated, with fields and without', async () => {
    for (const fields of [{ firstName: 'Ana' }, {}]) {
      if ('firstName' in fields) takesFields(fields);
      takesTags(id, ['VIP']);
      const updated = await run('creates.update_contact', { contact_id: id, tags: ['VIP'], ...fields });
      expect(updated).toEqual({ id, custom_fields: fields, tags: ['VIP'] });
    }
  });

  it('are added by the second half of a find-or-create, before the contact is read back', async () => {
    takesNewContact();
    takesTags('cus_1', ['VIP']);
    api().get('/contact/cus_1').reply(200, { data: apiContact });
    const meta = { withSearch: 'find_contact_by_phone' };
    const inputData = { phone: '+60123456789', tags: ['VIP'] };
    expect(await run('creates.create_contact', inputData, { meta })).toEqual(contact);
  });

  it('are no fields: a new contact needs one', async () => {
    const { sentence } = await failure(run('creates.create_contact', { tags: ['VIP'] }));
    expect(sentence).toMatch(/^No field is filled in\./);
  });
});
