import { defineInputFields, defineSearch, type SearchPerform } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactIdField, parseContactIdToFind } from '../src/inputs/contact-id.ts';
import { type Contact, contactOutputFields, contactSample } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';

const inputFields = defineInputFields([contactIdField]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const id = parseContactIdToFind(bundle.inputData.contact_id);
  const contact = id === undefined ? undefined : await channel.getContact(id);
  return contact ? [contact] : [];
}) satisfies SearchPerform<typeof inputFields, Contact>;

export default defineSearch({
  key: 'find_contact_by_id',
  noun: 'Contact',
  display: { label: 'Find Contact by ID', description: 'Finds a contact by its ID.' },
  operation: {
    inputFields,
    perform,
    outputFields: [...contactOutputFields, seenFields({ perform })],
    sample: contactSample,
    throttle: contactsThrottle,
  },
});
