import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactFormFields, parseContactForm, requireFields } from '../src/inputs/contact-form.ts';
import { parseSearchedField } from '../src/inputs/field-match.ts';
import { newMatchedContact, parseMatchedForm } from '../src/inputs/matched-contact.ts';
import { toCustomFields, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([...contactFormFields]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const search = bundle.meta?.withSearch;
  const match = search ? parseSearchedField(search, bundle.inputData) : undefined;
  if (match) {
    const fields = await parseMatchedForm(bundle.inputData, match, channel.country);
    return channel.createAndReadContact(await newMatchedContact(fields, match, channel.country));
  }
  const contact = { fields: requireFields(parseContactForm(bundle.inputData)), isFoundAgain: false };
  if (search) {
    // As the second half of a find-or-create it outputs what the search would have found.
    return channel.createAndReadContact(contact);
  }
  return { id: await channel.createContact(contact), custom_fields: toCustomFields(contact.fields) };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'create_contact',
  noun: 'Contact',
  display: {
    label: 'Create Contact',
    description:
      'Creates a contact in the channel with every run, even where the same person is a contact already.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: writtenContactOutputFields,
    sample: writtenContactSample,
    throttle: contactsThrottle,
  },
});
