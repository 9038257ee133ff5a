import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { changeTags } from '../src/api/contacts.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactIdField, readContactId } from '../src/inputs/contact-id.ts';
import { readTags, tagsOutputFields, tagsSample } from '../src/inputs/tags.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'tags',
    label: 'Tags',
    list: true,
    required: true,
    helpText: 'One tag in each box. A tag that the contact has already stays as it is.',
  },
]);

const perform = (async (z, bundle) => {
  const id = readContactId(bundle.inputData.contact_id);
  const tags = readTags(bundle.inputData.tags);
  await changeTags(z, bundle, 'add', id, tags);
  return { id, tags };
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
