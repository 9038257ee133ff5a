import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  clearFieldsField,
  contactFormFields,
  contactGroups,
  parseContactForm,
  requireFieldOrTag,
} from '../src/inputs/contact-form.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { parseItems } from '../src/inputs/lists.ts';
import { parseTagsToAdd } from '../src/inputs/tags.ts';
import { writtenContact, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([contactIdField, ...contactFormFields, clearFieldsField]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const id = parseContactId(bundle.inputData.contact_id);
  const tags = parseTagsToAdd(bundle.inputData.tags);
  const toClear = parseItems('Clear Fields', bundle.inputData.clear_fields);
  const fields = requireFieldOrTag(parseContactForm(bundle.inputData, toClear), tags);
  return writtenContact(await channel.updateContact(id, fields, tags), fields, tags);
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'update_contact',
  noun: 'Contact',
  display: {
    label: 'Update Contact',
    description: 'Updates the fields that you fill in and leaves the others unchanged.',
  },
  operation: {
    inputFieldGroups: contactGroups,
    inputFields,
    perform,
    outputFields: writtenContactOutputFields,
    sample: writtenContactSample,
    throttle: contactsThrottle,
  },
});
