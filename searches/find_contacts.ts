import { defineInputFields, defineSearch, type SearchPerform } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsPerSearch, contactsThrottle } from '../src/api/limits.ts';
import { fieldIdChoices, fieldIdHelp, fieldValueHelp, parseFieldMatch } from '../src/inputs/field-match.ts';
import { parseCount } from '../src/inputs/values.ts';
import { contactOutputFields, contactSample, withSameFields } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';

const usualLimit = 100;

const inputFields = defineInputFields([
  { key: 'field_name', label: 'Field', required: true, choices: fieldIdChoices, helpText: fieldIdHelp },
  { key: 'field_value', label: 'Field Value', required: true, helpText: fieldValueHelp },
  {
    key: 'limit',
    label: 'Limit',
    type: 'integer',
    default: String(usualLimit),
    helpText: `The most contacts to return, up to ${contactsPerSearch}. About one request is made for every 10 contacts.`,
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const { field_name, field_value } = bundle.inputData;
  const match = parseFieldMatch('Field', field_name, 'Field Value', field_value);
  const limit = parseCount('Limit', bundle.inputData.limit, contactsPerSearch) ?? usualLimit;
  const { contacts, total, hasMore } = await channel.findAllContacts(match, limit);
  const result = { count: contacts.length, has_more: hasMore, contacts: withSameFields(contacts) };
  return contacts.length > 0 ? [total === undefined ? result : { total, ...result }] : [];
}) satisfies SearchPerform<typeof inputFields>;

export default defineSearch({
  key: 'find_contacts',
  noun: 'Contact',
  display: {
    label: 'Find Contacts',
    description:
      'Finds all contacts with a given value in a field and returns them as one list, for loops and digests.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [
      { key: 'total', label: 'Total', type: 'integer' },
      // Zapier requires a primary key. By default that is `id`, which a list of contacts does not have.
      { key: 'count', label: 'Count', type: 'integer', primary: true },
      { key: 'has_more', label: 'Has More Contacts', type: 'boolean' },
      { key: 'contacts', label: 'Contacts', children: contactOutputFields },
      seenFields({ perform }, 'contacts[]'),
    ],
    sample: { total: 1, count: 1, has_more: false, contacts: [contactSample] },
    throttle: contactsThrottle,
  },
});
