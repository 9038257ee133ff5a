import { defineInputFields, defineSearch, type SearchPerform } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { parseFieldValue } from '../src/inputs/field-match.ts';
import { isIdentity } from '../src/inputs/identity.ts';
import { parseMatchedForm } from '../src/inputs/matched-contact.ts';
import { type Contact, contactOutputFields, contactSample } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';

const inputFields = defineInputFields([
  {
    key: 'phone',
    label: 'Phone',
    required: true,
    placeholder: '+1 202 555 0143',
    helpText:
      'In any format. A number without a country code is read as a number of the country chosen in the connection. If several contacts have it, the newest is used.',
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const match = { name: 'phone', value: parseFieldValue('Phone', bundle.inputData.phone) };
  // A find-or-create passes the inputs of the new contact too. They are checked before anything is sent.
  await parseMatchedForm(bundle.inputData, match, channel.country);
  if (!(await isIdentity(match, channel.country))) return [];
  return (await channel.findContacts(match)).contacts.slice(0, 1);
}) satisfies SearchPerform<typeof inputFields, Contact>;

export default defineSearch({
  key: 'find_contact_by_phone',
  noun: 'Contact',
  display: {
    label: 'Find Contact by Phone',
    description: 'Finds a contact by its phone number, in whatever format the number is written.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [...contactOutputFields, seenFields({ perform })],
    sample: contactSample,
    throttle: contactsThrottle,
  },
});
