import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failure.ts';
import { type FieldMatch, standardFields } from '../models/contact.ts';
import { identityOf } from './identity.ts';
import { parseBoxes, parseItems } from './lists.ts';
import { type Input, isEmpty, parseRequiredUrlText, trimmed } from './values.ts';

/** The fields to choose from, by their IDs; the ID of any other field can be typed. */
export const fieldIdChoices = Object.fromEntries(standardFields.map(({ key, label }) => [key, label]));

/** The help text of every field that takes a field's ID. */
export const fieldIdHelp = `Choose a field, or enter the **ID** of a custom field (not its label). The IDs are in ${platformName} under **Settings → Contact Fields**.`;

/** The help text of every field that takes a value to look for. */
export const fieldValueHelp =
  'Enter the value exactly as it is saved. A phone number can be in any format. For a yes/no field, enter `TRUE` or `FALSE`.';

/** How people and other apps call the standard fields, in letters alone. */
const standardIds = new Map<string, string>([
  ...standardFields.map(({ key }) => [key.toLowerCase(), key] as const),
  ...standardFields.map(({ key, label }) => [lettersOf(label), key] as const),
]);

/** The same for names that a channel may as well have given to a field of its own, if they are written as IDs are. */
const standardLabels = new Map<string, string>(
  Object.entries({
    firstName: ['Nombre', 'Nombres', 'Primer nombre'],
    lastName: ['Apellido', 'Apellidos', 'Surname'],
    phone: ['Phone number', 'Teléfono', 'Número de teléfono', 'Telephone'],
    email: ['Email address', 'Correo', 'Correo electrónico', 'Mail'],
    language: ['Idioma'],
    profilePic: ['Profile photo', 'Foto', 'Foto de perfil', 'Imagen de perfil'],
  }).flatMap(([key, labels]) => labels.map((label) => [lettersOf(label), key])),
);

function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The ID of the field that a user means: a standard field is also understood by its label, in English or Spanish, and
 * as other steps show it: `custom_fields__phone`. Servers ignore fields that they do not know.
 */
export function fieldIdOf(typed: string): string {
  const name = trimmed(typed)
    .normalize('NFC')
    .replace(/^custom_fields(?:__|\.)(?=.)/i, '');
  const letters = /^[\p{L}\p{M}\d\s_.-]+:?$/u.test(name) ? lettersOf(name) : '';
  const isWrittenAsId = /^[a-z\d_]+$/.test(name);
  return standardIds.get(letters) ?? (isWrittenAsId ? undefined : standardLabels.get(letters)) ?? name;
}

/** The ID of a field. Throws bad input where it is empty. */
export function parseFieldId(label: string, input: Input): string {
  return fieldIdOf(parseRequiredUrlText(label, input, 'Choose a field, or enter the ID of a custom field.'));
}

/** A value of a field to look for. Throws bad input where it is empty. */
export function parseFieldValue(label: string, input: Input, name = ''): string {
  return identityOf(name, parseRequiredUrlText(label, input, 'Enter or map the value to look for.'));
}

/** A field and the value to look for, by the labels of their inputs. Throws bad input where one is empty. */
export function parseFieldMatch(
  nameLabel: string,
  name: Input,
  valueLabel: string,
  value: Input,
): FieldMatch {
  const id = parseFieldId(nameLabel, name);
  return { name: id, value: parseFieldValue(valueLabel, value, id) };
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
    : parseFieldMatch('Field', field_name, 'Field Value', field_value);
}

/** Each watched value takes its share of a poll's requests. */
const mostWatchedValues = 10;

/** A box in which several yes/no values stand, or several lines. Other values may well have a comma: `Ruiz, Ana`. */
const yesNo = '(?:true|false|yes|no|s[ií]|verdadero|falso|on|off|0|1)';
const severalValues = new RegExp(
  `[\\n\\r\\u2028]|^${yesNo}(?:[\\s,;|/]+(?:(?:and|or|y|o)\\s+)?${yesNo})+$`,
  'i',
);

/**
 * The values to watch, in a fixed order; empty ones and repeats dropped. Throws bad input for none or too many, and for
 * several in one box, which no contact would ever have.
 */
export function parseWatchedValues(label: string, input: Input): [string, ...string[]] {
  const boxes = parseBoxes(label, input).map(({ text }) => text);
  const several = boxes.find((text) => severalValues.test(text));
  if (several !== undefined) {
    throw badInput(
      `The ${label} field has several values in one box: "${several.slice(0, 100)}". Put each value in its own box.`,
    );
  }
  const values = [...new Set(boxes)].sort();
  const [first, ...others] = values;
  if (first === undefined) {
    throw badInput(`The ${label} field is empty. Fill in at least one value to watch, like "TRUE".`);
  }
  if (values.length > mostWatchedValues) {
    throw badInput(
      `The ${label} field has ${values.length} values. Watch at most ${mostWatchedValues} in one Zap.`,
    );
  }
  return [parseFieldValue(label, first), ...others.map((value) => parseFieldValue(label, value))];
}

/** The IDs of the fields to watch, and `tags`, in a fixed order. There may be none. */
export function parseWatchedFields(label: string, input: Input): string[] {
  const names = parseItems(label, input).map((name) =>
    /^(?:tags|etiquetas)$/i.test(name) ? 'tags' : fieldIdOf(name),
  );
  return [...new Set(names)].sort();
}
