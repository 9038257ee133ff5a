import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactFormFields, parseContactForm, requireFields, withMatch } from '../src/inputs/contact-form.ts';
import { parseSearchedField } from '../src/inputs/field-match.ts';
import { toCustomFields, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([...contactFormFields]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const fields = parseContactForm(bundle.inputData);
  const isSecondHalf = bundle.meta?.withSearch;
  const match = isSecondHalf && parseSearchedField(bundle.inputData);
  const contact = match ? withMatch(fields, match) : { fields: requireFields(fields), isFoundAgain: false };
  if (isSecondHalf) {
    // As the second half of Find or Create Contact it outputs what the search would have found.
    return channel.createAndReadContact(contact);
  }
  const id = await channel.createContact(contact);
  return { id, custom_fields: toCustomFields(fields) };
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
