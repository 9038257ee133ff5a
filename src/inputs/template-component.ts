import { badInput } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import { type Input, parseList } from './values.ts';

/** One part of a template as the API takes it. */
export type Component = { type: string } & Record<string, unknown>;

/** What the form says about a part of a template whose shape is inferred. */
export function inferredNote(parts: 'Headers' | 'Buttons'): string {
  return `${parts} are not in the API documentation: they are sent as the newer API of the same platform expects them. Send one to yourself first.`;
}

/** Where the text and the values of some variables were filled in: the labels of both fields. */
export interface VariableFields {
  textField: string;
  valuesField: string;
}

/** The texts for `{{1}}`, `{{2}}`… of a text, one for each. Throws bad input where they do not fit. */
function parseValues({ textField, valuesField }: VariableFields, text: string, input: Input): string[] {
  const variables = new Set([...text.matchAll(/{{(\d+)}}/g)].map(([, number]) => Number(number)));
  const given = parseList(valuesField, input);
  const values = given.slice(0, given.findLastIndex((value) => value.trim() !== '') + 1);
  const gap = [...variables].find((number) => number < 1 || number > variables.size);
  if (gap !== undefined) {
    throw badInput(
      `The ${textField} field contains {{${gap}}}, but variables must be numbered {{1}}, {{2}} and so on, without gaps. Copy the text of the approved template.`,
    );
  }
  if (variables.size === 0 && values.length > 0) {
    throw badInput(
      `The ${textField} field has no variable, so the ${valuesField} field must be empty. Empty it, or copy the approved text again with its {{1}}.`,
    );
  }
  if (values.length !== variables.size) {
    throw badInput(
      `The ${textField} field has ${count(variables.size, 'variable')}, but the ${valuesField} field has ${count(values.length, 'value')}. Enter one value for each variable, in the same order.`,
    );
  }
  const empty = values.findIndex((value) => value.trim() === '');
  if (empty >= 0) {
    throw badInput(
      `The ${valuesField} field has no value for {{${empty + 1}}}. Enter a value for each variable.`,
    );
  }
  return values;
}

/** The values as a component takes them; nothing where there are none. */
export function parseParameters(fields: VariableFields, text: string, input: Input): object {
  const parameters = parseValues(fields, text, input).map((value) => ({ type: 'text', text: value }));
  return parameters.length > 0 ? { parameters } : {};
}
