import { badInput } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import { type Input, parseList, parseText, trimmed } from './values.ts';

export type Component = { type: string } & Record<string, unknown>;
/** The help text for headers and buttons, whose shape the API's documentation does not show. */
export const unconfirmedNote = 'Not confirmed for every channel yet: send one to your own phone first.';

export const valuesNote =
  'Line breaks, tabs and several spaces in a row become one space: WhatsApp refuses them.';

/** The labels of the inputs of a text and its values. `ifEmpty` replaces empty values. */
export type VariableFields = { textField: string; valuesField: string; ifEmpty: string };

/** A text and the values of its variables, as a component contains them. */
export type FilledText = { text: string; parameters?: { type: 'text'; text: string }[] };

/** Writes `{1}` and `{{ 1 }}` as `{{1}}`: Zapier may remove typed double braces. Throws an input error for other `{{…}}`. */
export function parseVariables(label: string, typed: string): string {
  const text = typed.replace(/\{\{\s*0*(\d+)\s*\}\}|(?<!\{)\{\s*0*(\d+)\s*\}(?!\})/g, '{{$1$2}}');
  const [other] = /\{\{(?!\d+\}\})[^}]{0,100}\}+/.exec(text) ?? [];
  if (other) {
    throw badInput(
      `The ${label} field contains "${other}", but only numbered variables can be sent. Write the variables of the approved template as {1}, {2} and so on.`,
    );
  }
  return text;
}

/** Returns a value as WhatsApp accepts it; empty if it has no visible character. */
export function parseVariableValue(label: string, input: Input): string {
  const value = parseText(label, input);
  return trimmed(value) && value.replace(/\p{White_Space}+/gu, ' ');
}

/** Combines a text from `parseVariables` with its values. Throws an input error if they do not fit. */
export function fillIn(fields: VariableFields, text: string, input: Input): FilledText {
  const { textField, valuesField, ifEmpty } = fields;
  const variables = new Set([...text.matchAll(/{{(\d+)}}/g)].map(([, number]) => Number(number)));
  const given = parseList(valuesField, input).map((value) => parseVariableValue(valuesField, value));
  const typed = given.slice(0, Math.max(given.findLastIndex(Boolean) + 1, variables.size));
  const missing = ifEmpty ? Math.max(0, variables.size - typed.length) : 0;
  const values = [...typed, ...Array<string>(missing).fill('')].map((value) => value || ifEmpty);
  const gap = [...variables].find((number) => number < 1 || number > variables.size);
  if (gap !== undefined) {
    throw badInput(
      `The ${textField} field contains "{${gap}}", but variables must be numbered {1}, {2} and so on, without gaps. Copy the text of the approved template.`,
    );
  }
  if (variables.size === 0 && values.length > 0) {
    throw badInput(
      `The ${textField} field has no variable, but the ${valuesField} field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the ${valuesField} field.`,
    );
  }
  if (values.length !== variables.size) {
    throw badInput(
      `The ${textField} field has ${count(variables.size, 'variable')}, but the ${valuesField} field has ${count(values.length, 'value')}. Enter one value for each variable, in the same order.`,
    );
  }
  const empty = values.indexOf('');
  if (empty >= 0) {
    throw badInput(
      `The ${valuesField} field has no value for "{${empty + 1}}". Enter a value for each variable, or fill in Value If Empty.`,
    );
  }
  const parameters = values.map((value) => ({ type: 'text' as const, text: value }));
  return { text, ...(parameters.length > 0 && { parameters }) };
}

/** Throws an input error if the text with its values is too long. The channel would accept it, and WhatsApp refuse it. */
export function requireFilledLength(label: string, filled: FilledText, most: number): void {
  const { text, parameters = [] } = filled;
  const fill = (_: string, number: string) => String(parameters[Number(number) - 1]?.text);
  const { length } = [...text.replace(/{{(\d+)}}/g, fill)];
  if (length > most) {
    throw badInput(
      `The ${label} field has ${length} characters with its values filled in. Shorten it or its values to at most ${most}.`,
    );
  }
}
