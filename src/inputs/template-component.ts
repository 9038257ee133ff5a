import { badInput } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import { type Input, parseList, parseText, trimmed } from './values.ts';

/** One part of a template as the API takes it. */
export type Component = { type: string } & Record<string, unknown>;

/** What the form says about headers and buttons: the API's documentation does not show their shape. */
export const unconfirmedNote = 'Not confirmed for every channel yet: send one to your own phone first.';

/** What the form says about values that variables get. */
export const valuesNote =
  'Line breaks, tabs and several spaces in a row become one space: WhatsApp refuses them.';

/** Where the text and the values of some variables were filled in, and what an empty value becomes. */
export interface VariableFields {
  textField: string;
  valuesField: string;
  ifEmpty: string;
}

/** A text with variables, and a value for each, as a component takes them. */
export interface FilledText {
  text: string;
  parameters?: { type: 'text'; text: string }[];
}

/**
 * A text with its variables as WhatsApp writes them: `{1}` and `{{ 1 }}` become `{{1}}`. Zapier's editor has double
 * braces for what it maps itself, and may take typed ones out. Throws bad input for any other `{{…}}`.
 */
export function parseVariables(label: string, typed: string): string {
  const text = typed.replace(/\{\{\s*(\d+)\s*\}\}|(?<!\{)\{\s*(\d+)\s*\}(?!\})/g, '{{$1$2}}');
  const [other] = /\{\{(?!\d+\}\})[^}]{0,100}\}+/.exec(text) ?? [];
  if (other) {
    throw badInput(
      `The ${label} field contains "${other}", but only numbered variables can be sent. Write the variables of the approved template as {1}, {2} and so on.`,
    );
  }
  return text;
}

/** A value as WhatsApp takes it; empty if nothing of it can be seen. */
export function parseVariableValue(label: string, input: Input): string {
  const value = parseText(label, input);
  return trimmed(value) && value.replace(/\p{White_Space}+/gu, ' ');
}

/** A text that `parseVariables` gave, with the values for its variables. Throws bad input if they do not fit. */
export function fillIn(
  { textField, valuesField, ifEmpty }: VariableFields,
  text: string,
  input: Input,
): FilledText {
  const variables = new Set([...text.matchAll(/{{(\d+)}}/g)].map(([, number]) => Number(number)));
  const given = parseList(valuesField, input).map((value) => parseVariableValue(valuesField, value));
  const typed = given.slice(0, given.findLastIndex(Boolean) + 1);
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

/** Throws bad input if a text is longer than this with its values: WhatsApp refuses it after the channel has said yes. */
export function requireFilledLength(
  label: string,
  { text, parameters = [] }: FilledText,
  most: number,
): void {
  const parts = text.split(/{{(\d+)}}/);
  const filled = parts
    .map((part, place) => (place % 2 === 0 ? part : parameters[Number(part) - 1]?.text))
    .join('');
  const { length } = [...filled];
  if (length > most) {
    throw badInput(
      `The ${label} field has ${length} characters with its values filled in. Shorten it or its values to at most ${most}.`,
    );
  }
}
