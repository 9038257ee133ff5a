import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { separatorsHelp } from '../src/inputs/lists.ts';
import { inBothForms, parseTagsToRemove, requireTags } from '../src/inputs/tags.ts';
import { isEmpty } from '../src/inputs/values.ts';
import { tagsOutputFields, tagsSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'tags',
    label: 'Tags',
    list: true,
    required: true,
    dependsOn: ['contact_id'],
    choices: {
      async perform(z, bundle) {
        const { contact_id } = bundle.inputData;
        if (isEmpty(contact_id)) return { results: [], paging_token: null };
        const contact = await openChannel(z, bundle).getContact(parseContactId(contact_id));
        return { results: (contact?.tags ?? []).map((tag) => ({ id: tag, label: tag })), paging_token: null };
      },
    },
    helpText: `The list shows the contact's current tags. Choose or enter each ${separatorsHelp}. Tags that the contact does not have are ignored.`,
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const id = parseContactId(bundle.inputData.contact_id);
  const tags = requireTags(parseTagsToRemove(bundle.inputData.tags));
  return { id: await channel.removeTags(id, inBothForms(tags)), tags };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'remove_tags',
  noun: 'Tag',
  display: { label: 'Remove Tags From Contact', description: 'Removes one or more tags from a contact.' },
  operation: {
    inputFields,
    perform,
    outputFields: tagsOutputFields,
    sample: tagsSample,
    throttle: contactsThrottle,
  },
});
