import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { contactFormFields, contactGroups } from '../src/inputs/contact-form.ts';
import { fieldIdChoices, fieldIdHelp, fieldValueHelp, parseFieldMatch } from '../src/inputs/field-match.ts';
import { requireIdentity } from '../src/inputs/identity.ts';
import {
  chooseContact,
  fieldsToUpdate,
  ifSeveralChoices,
  newMatchedContact,
  parseIfSeveral,
  parseMatchedForm,
} from '../src/inputs/matched-contact.ts';
import { parseTagsToAdd } from '../src/inputs/tags.ts';
import {
  contactAfter,
  writtenContact,
  writtenContactOutputFields,
  writtenContactSample,
} from '../src/models/contact.ts';

const inputFields = defineInputFields([
  {
    key: 'match_field',
    label: 'Match Field',
    required: true,
    choices: fieldIdChoices,
    helpText: fieldIdHelp,
  },
  { key: 'match_value', label: 'Match Value', required: true, helpText: fieldValueHelp },
  {
    key: 'if_several',
    label: 'If Several Contacts Match',
    default: 'stop',
    choices: ifSeveralChoices,
    helpText: 'What to do if more than one contact has this value.',
  },
  ...contactFormFields,
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const { match_field, match_value } = bundle.inputData;
  const match = parseFieldMatch('Match Field', match_field, 'Match Value', match_value);
  await requireIdentity('Match Value', match, channel.country);
  const ifSeveral = parseIfSeveral(bundle.inputData.if_several);
  const tags = parseTagsToAdd(bundle.inputData.tags);
  const fields = await parseMatchedForm(bundle.inputData, match, channel.country);
  // This one look-up is unavoidable: it decides whether a contact is updated or created.
  const found = chooseContact(await channel.findContacts(match), match, ifSeveral);
  if (found) {
    const changed = await fieldsToUpdate(fields, found, match, channel.country);
    const written = writtenContact(await channel.updateContact(found.id, changed, tags), changed, tags);
    // A contact that was found by its ID may have no phone saved.
    const saved = { ...found.custom_fields, [match.name]: found.custom_fields[match.name] ?? match.value };
    return { ...contactAfter(written, { custom_fields: saved, tags: found.tags }), created: false };
  }
  const contact = await newMatchedContact({ fields, tags }, match, channel.country);
  const written = writtenContact(await channel.createContact(contact), contact.fields, tags);
  return { ...contactAfter(written), created: true };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'create_or_update_contact',
  noun: 'Contact',
  display: {
    label: 'Create or Update Contact',
    description:
      'Updates the contact that has a given value in a field, or creates a new one if there is none.',
  },
  operation: {
    inputFieldGroups: contactGroups,
    inputFields,
    perform,
    outputFields: [
      ...writtenContactOutputFields,
      { key: 'created', label: 'Is New Contact', type: 'boolean' },
    ],
    sample: { ...writtenContactSample, created: true },
    throttle: contactsThrottle,
    // Without the lock, two runs at once for the same value would both find nothing and create two contacts.
    lock: { key: '{{bundle.inputData.match_field}}={{bundle.inputData.match_value}}', scope: ['auth'] },
  },
});
