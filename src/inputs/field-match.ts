import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failure.ts';
import { type FieldMatch, standardFields } from '../models/contact.ts';
import { type Input, isEmpty, parseList, parseRequiredUrlText } from './values.ts';

/** The fields to choose from, by their IDs; the ID of any other field can be typed. */
export const fieldIdChoices = Object.fromEntries(standardFields.map(({ key, label }) => [key, label]));

/** The help text of every field that takes a field's ID. */
export const fieldIdHelp = `Choose a field, or enter the **ID** of a custom field, which is in ${platformName} under **Settings → Contact Fields**. The ID is not the label: a field labeled "Customer Number" may have the ID \`customerid\`.`;

/** The help text of every field that takes a value to look for. */
export const fieldValueHelp =
  'Enter the value exactly as it is saved. A phone number can be in any format. For a yes/no field, enter `TRUE` or `FALSE`.';

/** The ID of a field. Throws bad input where it is empty. */
export function parseFieldId(label: string, input: Input): string {
  return parseRequiredUrlText(label, input, 'Choose a field, or enter the ID of a custom field.').trim();
}

/** A field's value, as typed. Throws bad input where it is empty. */
export function parseFieldValue(label: string, input: Input): string {
  return parseRequiredUrlText(label, input, 'Enter or map the value to look for.');
}

/**
 * What the search before Create Contact looked for, where the two run as a find-or-create; undefined where the platform
 * does not hand it on. `search` is the key of the search.
 */
export function parseSearchedField(search: string, inputData: Record<string, Input>): FieldMatch | undefined {
  const { field_name, field_value, phone } = inputData;
  if (search === 'find_contact_by_phone') {
    return isEmpty(phone) ? undefined : { name: 'phone', value: parseFieldValue('Phone', phone) };
  }
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
