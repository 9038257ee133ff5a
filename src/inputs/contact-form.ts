import { defineInputField, defineInputFields } from 'zapier-platform-core';
import { fieldsPerRun } from '../api/limits.ts';
import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failure.ts';
import { type FieldValue, standardFields } from '../models/contact.ts';
import { fieldIdChoices, fieldIdOf } from './field-match.ts';
import { languageOf } from './languages.ts';
import { separatorsHelp } from './lists.ts';
import { type Input, isEmpty, joined, parsePairs, parseValue } from './values.ts';

const [firstName, lastName, phone, email, language, profilePic] = standardFields;

export const contactGroups = [
  { key: 'person', label: 'Person' },
  { key: 'more', label: 'More Fields' },
  { key: 'tags', label: 'Tags' },
];

/** The form of a contact. A field left empty is not sent and changes nothing. */
export const contactFormFields = defineInputFields([
  { ...firstName, group: 'person' },
  { ...lastName, group: 'person' },
  {
    ...phone,
    group: 'person',
    helpText: 'With the country code, like `+12025550143`. It is saved as you enter it.',
  },
  { ...email, group: 'person' },
  { ...language, helpText: 'A language code or name, like `es` or `Spanish`.', group: 'person' },
  { ...profilePic, helpText: 'A public link to an image, starting with `https://`.', group: 'person' },
  {
    key: 'custom_fields',
    label: 'Custom Fields',
    dict: true,
    helpText: `Enter the **ID** of a field (not its label) on the left and the value to save on the right. The IDs are in ${platformName} under **Settings → Contact Fields**.`,
    group: 'more',
  },
  {
    key: 'tags',
    label: 'Tags',
    list: true,
    helpText: `Added to the contact. Put each tag ${separatorsHelp}.`,
    group: 'tags',
  },
]);

export const clearFieldsField = defineInputField({
  key: 'clear_fields',
  label: 'Clear Fields',
  list: true,
  choices: fieldIdChoices,
  helpText: `Fields to make empty. Choose them or enter their **IDs**, each ${separatorsHelp}. A field that has a value above is not cleared.`,
  group: 'more',
});

/** Fields in which several values make no sense. In the others a mapped list is joined with commas. */
const singleValueFields: string[] = [phone.key, email.key, language.key, profilePic.key];

/** Returns the fields to write. A field's own box wins over Custom Fields. Fields of `toClear` without a value become empty. */
export function parseContactForm(inputData: Record<string, Input>, toClear: string[] = []): FieldValue[] {
  const standard = standardFields.map(({ key, label }) => [key, inputData[key], label] as const);
  const custom = parsePairs('Custom Fields', 'field ID', inputData.custom_fields).map(
    ([name, value]) => [fieldIdOf(name), value, name] as const,
  );
  const fields = new Map<string, FieldValue>();
  for (const [name, typed, label] of [...standard, ...custom]) {
    // `typed` comes from the form, `input` has lists joined if the field allows it, `value` is one checked value.
    const input = singleValueFields.includes(name) ? typed : joined(label, typed);
    if (isEmpty(input) || fields.has(name)) continue;
    const value = parseValue(label, input);
    const isLanguage = name === language.key && typeof value === 'string';
    fields.set(name, { name, value: isLanguage ? languageOf(value) : value });
  }
  for (const name of toClear.map(fieldIdOf)) {
    if (!fields.has(name)) fields.set(name, { name, value: '' });
  }
  if (fields.size > fieldsPerRun) {
    throw badInput(`${fields.size} fields are filled in. Fill in at most ${fieldsPerRun}.`);
  }
  return [...fields.values()];
}

/** Throws an input error if there is nothing to write: no field and no tag. */
export function requireFieldOrTag(fields: FieldValue[], tags: string[] = []): FieldValue[] {
  if (fields.length === 0 && tags.length === 0) {
    throw badInput('No field is filled in. Fill in at least one field of the contact.');
  }
  return fields;
}
