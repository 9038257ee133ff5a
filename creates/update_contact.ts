import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  clearFieldsField,
  contactFormFields,
  parseContactForm,
  requireFields,
} from '../src/inputs/contact-form.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { parseTagsToAdd } from '../src/inputs/tags.ts';
import { parseList } from '../src/inputs/values.ts';
import { writtenContact, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([contactIdField, ...contactFormFields, clearFieldsField]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const id = parseContactId(bundle.inputData.contact_id);
  const tags = parseTagsToAdd(bundle.inputData.tags);
  const toClear = parseList('Clear Fields', bundle.inputData.clear_fields);
  const fields = requireFields(parseContactForm(bundle.inputData, toClear), tags);
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
    inputFields,
    perform,
    outputFields: writtenContactOutputFields,
    sample: writtenContactSample,
    throttle: contactsThrottle,
  },
});

/** A run that tests and tools make of this operation: tools/zapier/sample-runs.ts says what its parts mean. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', firstName: 'Ana', custom_fields: { plan: 'Gold' } },
  requests: [
    {
      request: 'PUT /contact/{contact_id}',
      body: {
        custom_fields: [
          { name: 'firstName', value: 'Ana' },
          { name: 'plan', value: 'Gold' },
        ],
      },
    },
  ],
  variants: {
    tags: {
      inputData: { tags: ['VIP'] },
      furtherRequests: [{ request: 'POST /contact/{contact_id}/tags', body: { tags: ['VIP'] } }],
    },
  },
  more: [
    { input: 'custom_fields', size: 30, requests: ['PUT /contact/{contact_id}'] },
    { input: 'tags', size: 10, requests: ['POST /contact/{contact_id}/tags'] },
  ],
  trimmed: ['contact_id', 'tags'],
  split: ['tags'],
};
