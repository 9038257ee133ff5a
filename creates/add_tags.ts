import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { separatorsHelp } from '../src/inputs/lists.ts';
import { parseTagsToAdd, requireTags } from '../src/inputs/tags.ts';
import { tagsOutputFields, tagsSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'tags',
    label: 'Tags',
    list: true,
    required: true,
    helpText: `Put each tag ${separatorsHelp}. Tags that the contact already has are kept.`,
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
  display: { label: 'Add Tags to Contact', description: 'Adds one or more tags to a contact.' },
  operation: {
    inputFields,
    perform,
    outputFields: tagsOutputFields,
    sample: tagsSample,
    throttle: contactsThrottle,
  },
});
