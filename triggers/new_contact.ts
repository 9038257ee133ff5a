import { defineInputFields, defineTrigger, type PollingTriggerPerform } from 'zapier-platform-core';
import { type Contact, contactSample } from '../src/contact.ts';
import { contactOutputFields } from '../src/contact-fields.ts';
import { listContactsByField } from '../src/contacts.ts';
import { fieldIdHelp, readFieldId, readFieldValues } from '../src/field-match.ts';

/** Pages read for one value; beyond a hundred contacts, ten a page, the oldest pages are not seen. */
const pagesPerPoll = 10;

const inputFields = defineInputFields([
  { key: 'field_name', label: 'Field ID', required: true, helpText: fieldIdHelp },
  {
    key: 'field_values',
    label: 'Field Values',
    list: true,
    required: true,
    helpText:
      'Contacts with any of these values are watched. Best is a yes/no field that every contact has, watched for both `TRUE` and `FALSE`.',
  },
]);

const perform = (async (z, bundle) => {
  const name = readFieldId('Field ID', bundle.inputData.field_name);
  const contacts = new Map<string, Contact>();
  for (const value of readFieldValues('Field Values', bundle.inputData.field_values)) {
    for (let page = 1, isLast = false; !isLast && page <= pagesPerPoll; page += 1) {
      const answer = await listContactsByField(z, bundle, { name, value, page });
      for (const contact of answer.contacts) {
        contacts.set(contact.id, contact);
      }
      isLast = answer.contacts.length === 0 || answer.lastPage === page;
    }
  }
  return [...contacts.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
}) satisfies PollingTriggerPerform<typeof inputFields>;

export default defineTrigger({
  key: 'new_contact',
  noun: 'Contact',
  display: {
    label: 'New Contact',
    description: 'Triggers when a contact is created in the channel.',
  },
  operation: {
    type: 'polling',
    inputFields,
    perform,
    outputFields: contactOutputFields,
    sample: contactSample,
  },
});
