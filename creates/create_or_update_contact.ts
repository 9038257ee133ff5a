import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactFormFields, parseContactForm, withMatch } from '../src/inputs/contact-form.ts';
import { fieldIdHelp, fieldValueHelp, parseFieldId, parseFieldValue } from '../src/inputs/field-match.ts';
import { toCustomFields, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  { key: 'match_field', label: 'Match Field ID', required: true, helpText: fieldIdHelp },
  { key: 'match_value', label: 'Match Value', required: true, helpText: fieldValueHelp },
  ...contactFormFields,
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const name = parseFieldId('Match Field ID', bundle.inputData.match_field);
  const value = parseFieldValue('Match Value', bundle.inputData.match_value);
  const fields = parseContactForm(bundle.inputData);

  // The one look-up that the contract allows before a write.
  const [found] = (await channel.listContacts({ name, value })).contacts;
  if (found) {
    const id = await channel.updateContact(found.id, fields);
    return { id, custom_fields: toCustomFields(fields), created: false };
  }
  const contact = withMatch(fields, { name, value });
  const id = await channel.createContact(contact);
  return { id, custom_fields: toCustomFields(contact.fields), created: true };
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
