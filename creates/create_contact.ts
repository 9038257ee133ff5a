import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import {
  contactFormFields,
  contactGroups,
  parseContactForm,
  requireFieldOrTag,
} from '../src/inputs/contact-form.ts';
import { parseSearchedField } from '../src/inputs/field-match.ts';
import { requireIdentity } from '../src/inputs/identity.ts';
import { newMatchedContact, parseMatchedForm } from '../src/inputs/matched-contact.ts';
import { parseTagsToAdd } from '../src/inputs/tags.ts';
import { writtenContact, writtenContactOutputFields, writtenContactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([...contactFormFields]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const tags = parseTagsToAdd(bundle.inputData.tags);
  const search = bundle.meta?.withSearch;
  const match = search ? parseSearchedField(search, bundle.inputData) : undefined;
  if (match) {
    const label = search === 'find_contact_by_phone' ? 'Phone' : 'Field Value';
    await requireIdentity(label, match, channel.country);
    const fields = await parseMatchedForm(bundle.inputData, match, channel.country);
    return channel.createAndReadContact(await newMatchedContact({ fields, tags }, match, channel.country));
  }
  // Tags are not counted here, because a contact without any field could not be told from others.
  const fields = requireFieldOrTag(parseContactForm(bundle.inputData));
  const contact = { fields, tags, isFoundAgain: false };
  // As the second half of a find-or-create, this step outputs what the search would have found: a whole contact.
  if (search) return channel.createAndReadContact(contact);
  return writtenContact(await channel.createContact(contact), fields, tags);
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'create_contact',
  noun: 'Contact',
  display: {
    label: 'Create Contact',
    description:
      'Creates a new contact each time it runs, even if the person is already a contact. To avoid duplicates, use Create or Update Contact.',
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
