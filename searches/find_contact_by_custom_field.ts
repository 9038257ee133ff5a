import { defineInputFields, defineSearch, type SearchPerform } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { fieldIdChoices, fieldIdHelp, fieldValueHelp, parseFieldMatch } from '../src/inputs/field-match.ts';
import { isIdentity } from '../src/inputs/identity.ts';
import { parseMatchedForm } from '../src/inputs/matched-contact.ts';
import { type Contact, contactOutputFields, contactSample } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';

const inputFields = defineInputFields([
  { key: 'field_name', label: 'Field', required: true, choices: fieldIdChoices, helpText: fieldIdHelp },
  {
    key: 'field_value',
    label: 'Field Value',
    required: true,
    helpText: `${fieldValueHelp} If several contacts match, the newest of the first ten is used; Find Contacts returns them all.`,
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const { field_name, field_value } = bundle.inputData;
  const match = parseFieldMatch('Field', field_name, 'Field Value', field_value);
  // A find-or-create passes the inputs of the new contact too. They are checked before anything is sent.
  await parseMatchedForm(bundle.inputData, match, channel.country);
  if (!(await isIdentity(match, channel.country))) return [];
  return (await channel.findContacts(match)).contacts;
}) satisfies SearchPerform<typeof inputFields, Contact>;

export default defineSearch({
  key: 'find_contact_by_custom_field',
  noun: 'Contact',
  display: {
    label: 'Find Contact by Field',
    description: 'Finds a contact by the value of one of its fields, such as its phone or email.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [...contactOutputFields, seenFields({ perform })],
    sample: contactSample,
    throttle: contactsThrottle,
  },
});
