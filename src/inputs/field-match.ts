import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failure.ts';
import type { FieldMatch } from '../models/contact.ts';
import { type Input, isEmpty, parseList, parseRequiredUrlText } from './values.ts';

/** The help text of every field that takes a field's ID. */
export const fieldIdHelp = `The **ID** of the field, not its label: \`phone\`, \`email\`, \`firstName\`, \`lastName\`, \`language\`, or the ID of a custom field, which ${platformName} shows where contact fields are managed.`;

/** The help text of every field that takes a value to look for. */
export const fieldValueHelp = `Must equal the saved value. For a yes/no field write \`TRUE\` or \`FALSE\`; write a phone as ${platformName} shows it.`;

/** The ID of a field. Throws bad input where it is empty. */
export function parseFieldId(label: string, input: Input): string {
  return parseRequiredUrlText(label, input, 'Fill in the ID of a field, like phone or email.').trim();
}

/** A field's value, as typed. Throws bad input where it is empty. */
export function parseFieldValue(label: string, input: Input): string {
  return parseRequiredUrlText(label, input, 'Fill in or map the value to look for.');
}

/** What the search of Find or Create Contact looked for; undefined where the platform does not hand it on. */
export function parseSearchedField(inputData: Record<string, Input>): FieldMatch | undefined {
  const { field_name, field_value } = inputData;
  return isEmpty(field_name) || isEmpty(field_value)
    ? undefined
    : { name: parseFieldId('Field ID', field_name), value: parseFieldValue('Field Value', field_value) };
}

/** The values to watch, as typed; empty ones and repeats dropped. Throws bad input where none is left. */
export function parseFieldValues(label: string, input: Input): [string, ...string[]] {
  const [first, ...others] = new Set(parseList(label, input).filter((value) => value.trim() !== ''));
  if (first === undefined) {
    throw badInput(`The ${label} field is empty. Fill in at least one value to watch, like TRUE.`);
  }
  return [parseFieldValue(label, first), ...others.map((value) => parseFieldValue(label, value))];
}
