import { defineInputFields, defineSearch, type SearchPerform } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { fieldIdHelp, fieldValueHelp, parseFieldId, parseFieldValue } from '../src/inputs/field-match.ts';
import { type Contact, contactOutputFields, contactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  { key: 'field_name', label: 'Field ID', required: true, helpText: fieldIdHelp },
  { key: 'field_value', label: 'Field Value', required: true, helpText: fieldValueHelp },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const { contacts } = await channel.listContacts({
    name: parseFieldId('Field ID', bundle.inputData.field_name),
    value: parseFieldValue('Field Value', bundle.inputData.field_value),
  });
  return contacts;
}) satisfies SearchPerform<typeof inputFields, Contact>;

export default defineSearch({
  key: 'find_contact_by_custom_field',
  noun: 'Contact',
  display: {
    label: 'Find Contact by Custom Field',
    description: 'Finds a contact by the value of one of its fields, such as its phone number or email.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: contactOutputFields,
    sample: contactSample,
    throttle: contactsThrottle,
  },
});
