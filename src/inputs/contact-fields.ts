import { defineInputField, defineInputFields, type OutputFields } from 'zapier-platform-core';
import { fieldsPerRun } from '../api/limits.ts';
import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failures.ts';
import { contactSample } from '../models/contact.ts';
import type { FieldMatch } from './field-match.ts';
import { type Input, isEmpty, readPairs, readValue } from './values.ts';

/** A field as the Contacts API takes it. `name` is the field's ID. */
export interface ContactField {
  name: string;
  value: string | number | boolean;
}

/** What a contact is created from. A repeated run that finds it again cannot make another. */
export interface NewContact {
  fields: ContactField[];
  isFoundAgain: boolean;
}

/** The fields that every channel has, under the IDs that the API gives them. */
const standardFields = defineInputFields([
  { key: 'firstName', label: 'First Name' },
  { key: 'lastName', label: 'Last Name' },
  {
    key: 'phone',
    label: 'Phone',
    helpText: `With the country code, in the form that ${platformName} shows, like \`60123456789\`.`,
  },
  { key: 'email', label: 'Email' },
  { key: 'language', label: 'Language', helpText: 'A language code, like `en` or `es`.' },
  {
    key: 'profilePic',
    label: 'Profile Picture',
    helpText: 'A public link to an image, starting with `https://`.',
  },
]);

const customFieldsField = defineInputField({
  key: 'custom_fields',
  label: 'Custom Fields',
  dict: true,
  helpText: `On the left the **ID** of a field (not its label), which ${platformName} shows where contact fields are managed; on the right the value to save.`,
});

/** The form of a contact's fields. What is left empty is not sent and changes nothing. */
export const contactFields = defineInputFields([...standardFields, customFieldsField]);

export const clearFieldsField = defineInputField({
  key: 'clear_fields',
  label: 'Clear Fields',
  list: true,
  helpText:
    'The **IDs** of fields to make empty, like `phone`. A field that has a value above is not cleared; a box left empty above changes nothing.',
});

/**
 * The fields that the user filled in. A field with a box of its own counts before the same field under Custom Fields,
 * and one of `toClear` is blanked unless it has a value.
 */
export function readContactFields(inputData: Record<string, Input>, toClear: string[] = []): ContactField[] {
  const standard = standardFields.map(({ key, label }) => [key, inputData[key], label] as const);
  const custom = readPairs('Custom Fields', 'field ID', inputData.custom_fields).map(
    ([name, value]) => [name, value, name] as const,
  );
  const fields = new Map<string, ContactField>();
  for (const [name, value, label] of [...standard, ...custom]) {
    if (!isEmpty(value) && !fields.has(name)) {
      fields.set(name, { name, value: readValue(label, value) });
    }
  }
  for (const name of toClear) {
    if (name.trim() !== '' && !fields.has(name)) {
      fields.set(name, { name, value: '' });
    }
  }
  if (fields.size > fieldsPerRun) {
    throw badInput(`${fields.size} fields are filled in. Fill in at most ${fieldsPerRun}.`);
  }
  return [...fields.values()];
}

/** The same fields. Throws bad input where there is none to write. */
export function requireFields(fields: ContactField[]): ContactField[] {
  if (fields.length === 0) {
    throw badInput('No field is filled in. Fill in at least one field of the contact.');
  }
  return fields;
}

/**
 * The fields of a new contact, with the one that it was looked for by in front unless the user filled it in.
 * `isFoundAgain` says whether the same look-up will find it: not if the user filled in another value.
 */
export function withMatch(fields: ContactField[], match: FieldMatch): NewContact {
  const own = fields.find(({ name }) => name === match.name);
  return own
    ? { fields, isFoundAgain: String(own.value) === match.value }
    : { fields: [match, ...fields], isFoundAgain: true };
}

/** The fields that a run wrote, as an operation outputs them. */
export function fieldsWritten(fields: ContactField[]): Record<string, ContactField['value']> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

const idOutput = { key: 'id', label: 'Contact ID' } as const;

/** Custom fields differ from channel to channel; those that every channel has are named. */
const customFieldOutputs = standardFields.map(({ key, label }) => ({
  key: `custom_fields__${key}`,
  label,
}));

/** What every operation that reads contacts outputs. */
export const contactOutputFields: OutputFields = [
  idOutput,
  { key: 'created_at', label: 'Created At', type: 'datetime' },
  { key: 'tags', label: 'Tags', list: true },
  ...customFieldOutputs,
];

/** What every operation that writes contacts outputs: the ID and the fields that it wrote. */
export const writtenContactOutputFields: OutputFields = [idOutput, ...customFieldOutputs];
export const writtenContactSample = { id: contactSample.id, custom_fields: contactSample.custom_fields };
