import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { updateContact } from '../src/api/contacts.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  clearFieldsField,
  contactFields,
  fieldsWritten,
  readContactFields,
  requireFields,
  writtenContactOutputFields,
  writtenContactSample,
} from '../src/inputs/contact-fields.ts';
import { contactIdField, readContactId } from '../src/inputs/contact-id.ts';
import { readList } from '../src/inputs/values.ts';

const inputFields = defineInputFields([contactIdField, ...contactFields, clearFieldsField]);

const perform = (async (z, bundle) => {
  const id = readContactId(bundle.inputData.contact_id);
  const fields = requireFields(
    readContactFields(bundle.inputData, readList('Clear Fields', bundle.inputData.clear_fields)),
  );
  return { id: await updateContact(z, bundle, id, fields), custom_fields: fieldsWritten(fields) };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'update_contact',
  noun: 'Contact',
  display: {
    label: 'Update Contact',
    description: 'Changes the fields that are filled in and leaves the others as they are.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: writtenContactOutputFields,
    sample: writtenContactSample,
    throttle: contactsThrottle,
  },
});
