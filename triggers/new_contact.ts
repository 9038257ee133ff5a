import { defineInputFields, defineTrigger, type PollingTriggerPerform } from 'zapier-platform-core';
import { platformName } from '../src/connection/brands.ts';
import { fieldIdChoices } from '../src/inputs/field-match.ts';
import { contactOutputFields, contactSample, withSameFields } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';
import { pollNewContacts } from '../src/new-contact/new-contact.ts';

const inputFields = defineInputFields([
  {
    key: 'field_name',
    label: 'Field',
    required: true,
    choices: fieldIdChoices,
    helpText: `Enter the ID of a yes/no field that every new contact gets, such as \`subscribed\`. The IDs (not labels) are in ${platformName} under **Settings → Contact Fields**.`,
  },
  {
    key: 'field_values',
    label: 'Field Values',
    list: true,
    required: true,
    helpText:
      'New contacts with one of these values start the Zap. Put each value in its own box: for a yes/no field that every contact has, `TRUE` and `FALSE`. A contact may get the value up to a day after it is created.',
  },
]);

const perform = (async (z, bundle) =>
  withSameFields(await pollNewContacts(z, bundle))) satisfies PollingTriggerPerform<typeof inputFields>;

export default defineTrigger({
  key: 'new_contact',
  noun: 'Contact',
  display: { label: 'New Contact', description: 'Triggers when a contact is created in the channel.' },
  operation: {
    type: 'polling',
    inputFields,
    perform,
    outputFields: [...contactOutputFields, seenFields({ perform })],
    sample: contactSample,
  },
});
