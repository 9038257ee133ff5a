import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { createAndReadContact, createContact } from '../src/api/contacts.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  contactFields,
  fieldsWritten,
  readContactFields,
  requireFields,
  withMatch,
  writtenContactOutputFields,
  writtenContactSample,
} from '../src/inputs/contact-fields.ts';
import { readSearchedField } from '../src/inputs/field-match.ts';

const inputFields = defineInputFields([...contactFields]);

const perform = (async (z, bundle) => {
  const fields = readContactFields(bundle.inputData);
  const isSecondHalf = bundle.meta?.withSearch;
  const match = isSecondHalf && readSearchedField(bundle.inputData);
  const contact = match ? withMatch(fields, match) : { fields: requireFields(fields), isFoundAgain: false };
  if (isSecondHalf) {
    // As the second half of Find or Create Contact it outputs what the search would have found.
    return createAndReadContact(z, bundle, contact);
  }
  const id = await createContact(z, bundle, contact);
  return { id, custom_fields: fieldsWritten(fields) };
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
