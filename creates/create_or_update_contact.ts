import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { createContact, listContactsByField, updateContact } from '../src/api/contacts.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  contactFields,
  fieldsWritten,
  readContactFields,
  withMatch,
  writtenContactOutputFields,
  writtenContactSample,
} from '../src/inputs/contact-fields.ts';
import { fieldIdHelp, fieldValueHelp, readFieldId, readFieldValue } from '../src/inputs/field-match.ts';

const inputFields = defineInputFields([
  { key: 'match_field', label: 'Match Field ID', required: true, helpText: fieldIdHelp },
  { key: 'match_value', label: 'Match Value', required: true, helpText: fieldValueHelp },
  ...contactFields,
]);

const perform = (async (z, bundle) => {
  const name = readFieldId('Match Field ID', bundle.inputData.match_field);
  const value = readFieldValue('Match Value', bundle.inputData.match_value);
  const fields = readContactFields(bundle.inputData);

  // The one look-up that the contract allows before a write.
  const [found] = (await listContactsByField(z, bundle, { name, value })).contacts;
  if (found) {
    const id = await updateContact(z, bundle, found.id, fields);
    return { id, custom_fields: fieldsWritten(fields), created: false };
  }
  const contact = withMatch(fields, { name, value });
  const id = await createContact(z, bundle, contact);
  return { id, custom_fields: fieldsWritten(contact.fields), created: true };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'create_or_update_contact',
  noun: 'Contact',
  display: {
    label: 'Create or Update Contact',
    description: 'Updates the contact whose field has a given value, or creates it where there is none.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [
      ...writtenContactOutputFields,
      { key: 'created', label: 'Is New Contact', type: 'boolean' },
    ],
    sample: { ...writtenContactSample, created: true },
    throttle: contactsThrottle,
    // Two runs at once for the same value would both find nothing and create two contacts.
    lock: { key: '{{bundle.inputData.match_field}}={{bundle.inputData.match_value}}', scope: ['auth'] },
  },
});
