import { defineInputFields, defineTrigger, type PollingTriggerPerform } from 'zapier-platform-core';
import { fieldIdHelp } from '../src/inputs/field-match.ts';
import { contactOutputFields, contactSample } from '../src/models/contact.ts';
import { pollNewContacts } from '../src/new-contact/new-contact.ts';

const inputFields = defineInputFields([
  {
    key: 'field_name',
    label: 'Field ID',
    required: true,
    helpText: `${fieldIdHelp} Choose one that every new contact gets; best is a yes/no field.`,
  },
  {
    key: 'field_values',
    label: 'Field Values',
    list: true,
    required: true,
    helpText:
      'Contacts with any of these values are watched, others are not seen. A yes/no field watched for both `TRUE` and `FALSE` covers every contact that has it. A contact that gets the value later is still found, within a day of its creation.',
  },
]);

const perform = (async (z, bundle) => pollNewContacts(z, bundle)) satisfies PollingTriggerPerform<
  typeof inputFields
>;

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
