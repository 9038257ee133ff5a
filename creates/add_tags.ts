import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { parseTagsToAdd, requireTags } from '../src/inputs/tags.ts';
import { tagsOutputFields, tagsSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'tags',
    label: 'Tags',
    list: true,
    required: true,
    helpText:
      'Put each tag in its own box, or several in one box separated by commas. Tags that the contact already has are kept.',
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const id = parseContactId(bundle.inputData.contact_id);
  const tags = requireTags(parseTagsToAdd(bundle.inputData.tags));
  return { id: await channel.addTags(id, tags), tags };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'add_tags',
  noun: 'Tag',
  display: {
    label: 'Add Tags to Contact',
    description: 'Adds one or more tags to a contact.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: tagsOutputFields,
    sample: tagsSample,
    throttle: contactsThrottle,
  },
});

/** A run that tests and tools make of this operation: tools/zapier/sample-runs.ts says what its parts mean. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', tags: ['VIP'] },
  requests: [{ request: 'POST /contact/{contact_id}/tags', body: { tags: ['VIP'] } }],
  more: [{ input: 'tags', size: 10, requests: ['POST /contact/{contact_id}/tags'] }],
  trimmed: ['contact_id', 'tags'],
  split: ['tags'],
};
