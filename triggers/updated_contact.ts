import { defineInputFields, defineTrigger, type PollingTriggerPerform } from 'zapier-platform-core';
import { fieldIdChoices, fieldIdHelp } from '../src/inputs/field-match.ts';
import { contactOutputFields, contactSample, withSameFields } from '../src/models/contact.ts';
import { seenFields } from '../src/models/seen-fields.ts';
import { pollUpdatedContacts } from '../src/updated-contact/updated-contact.ts';

const inputFields = defineInputFields([
  { key: 'field_name', label: 'Field', required: true, choices: fieldIdChoices, helpText: fieldIdHelp },
  {
    key: 'field_values',
    label: 'Field Values',
    list: true,
    required: true,
    helpText:
      'A contact starts the Zap when its field gets one of these values, such as `TRUE`. Put each value in its own box. At most 500 contacts may have them at a time.',
  },
  {
    key: 'watched_fields',
    label: 'Watched Fields',
    list: true,
    choices: { ...fieldIdChoices, tags: 'Tags' },
    helpText:
      'Leave empty to start the Zap each time a contact gets the value. If you choose fields, or enter **IDs** of custom fields, the Zap also starts whenever one of them changes while the contact has the value.',
  },
]);

const perform = (async (z, bundle) =>
  withSameFields(await pollUpdatedContacts(z, bundle))) satisfies PollingTriggerPerform<typeof inputFields>;

export default defineTrigger({
  key: 'updated_contact',
  noun: 'Contact',
  display: {
    label: 'Updated Contact',
    description:
      'Triggers when a field of a contact gets a value that you watch, or when watched fields change.',
  },
  operation: {
    type: 'polling',
    inputFields,
    perform,
    // Zapier starts the Zap once for each pair of ID and version.
    outputFields: [
      ...contactOutputFields.map((field) => (field.key === 'id' ? { ...field, primary: true } : field)),
      { key: 'version', label: 'Version', primary: true },
      seenFields({ perform }),
    ],
    sample: { ...contactSample, version: 'nK3_x0TqVd' },
  },
});
