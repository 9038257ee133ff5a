import { defineInputFields, defineTrigger, type PollingTriggerPerform } from 'zapier-platform-core';
import { fieldIdChoices, fieldIdHelp } from '../src/inputs/field-match.ts';
import { contactOutputFields, contactSample, withSameFields } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';
import { pollNewContacts } from '../src/new-contact/new-contact.ts';

const inputFields = defineInputFields([
  {
    key: 'field_name',
    label: 'Field ID',
    required: true,
    choices: fieldIdChoices,
    helpText: `${fieldIdHelp} Watch a field that every new contact gets, such as a yes/no field.`,
  },
  {
    key: 'field_values',
    label: 'Field Values',
    list: true,
    required: true,
    helpText:
      'The Zap starts for new contacts that have one of these values. To watch every contact with a yes/no field, enter `TRUE` and `FALSE`, each in its own box. A contact may get the value up to a day after it is created.',
  },
]);

const perform = (async (z, bundle) =>
  withSameFields(await pollNewContacts(z, bundle))) satisfies PollingTriggerPerform<typeof inputFields>;

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
    outputFields: [...contactOutputFields, seenFields({ perform })],
    sample: contactSample,
  },
});
