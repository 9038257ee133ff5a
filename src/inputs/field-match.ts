import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failures.ts';
import { type Input, isEmpty, readList, requireUrlText } from './values.ts';

/** A custom field and the value that contacts are looked up by, as the Contacts API takes them. */
export interface FieldMatch {
  /** The field's ID, not its label. */
  name: string;
  value: string;
}

/** Says in every form how a field is named. */
export const fieldIdHelp = `The **ID** of the field, not its label: \`phone\`, \`email\`, \`firstName\`, \`lastName\`, \`language\`, or the ID of a custom field, which ${platformName} shows where contact fields are managed.`;

/** Says in every form how a value is written. */
export const fieldValueHelp = `Must equal the saved value. For a yes/no field write \`TRUE\` or \`FALSE\`; write a phone as ${platformName} shows it.`;

/** The ID of a field. Throws bad input where it is empty. */
export function readFieldId(label: string, input: Input): string {
  return requireUrlText(label, input, 'Fill in the ID of a field, like phone or email.').trim();
}

/** A field's value, as typed. Throws bad input where it is empty. */
export function readFieldValue(label: string, input: Input): string {
  return requireUrlText(label, input, 'Fill in or map the value to look for.');
}

/** The field that the search half of Find or Create Contact looked for, where the platform hands it on. */
export function readSearchedField(inputData: Record<string, Input>): FieldMatch | undefined {
  const { field_name, field_value } = inputData;
  return isEmpty(field_name) || isEmpty(field_value)
    ? undefined
    : { name: readFieldId('Field ID', field_name), value: readFieldValue('Field Value', field_value) };
}

/** The values to watch, as typed; empty ones and repeats dropped. Throws bad input where none is left. */
export function readFieldValues(label: string, input: Input): [string, ...string[]] {
  const [first, ...others] = new Set(readList(label, input).filter((value) => value.trim() !== ''));
  if (first === undefined) {
    throw badInput(`The ${label} field is empty. Fill in at least one value to watch, like TRUE.`);
  }
  return [readFieldValue(label, first), ...others.map((value) => readFieldValue(label, value))];
}
