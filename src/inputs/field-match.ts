import { platformName } from '../connection/brands.ts';
import { badInput } from '../failures/failure.ts';
import { type FieldMatch, standardFields } from '../models/contact.ts';
import { identityOf } from './identity.ts';
import { parseBoxes, parseItems } from './lists.ts';
import { type Input, isEmpty, parseRequiredUrlText, trimmed } from './values.ts';

/** The choices of every input that takes a field. IDs of other fields can be typed. */
export const fieldIdChoices = Object.fromEntries(standardFields.map(({ key, label }) => [key, label]));
export const fieldIdHelp = `Choose a field, or enter the **ID** of a custom field (not its label). The IDs are in ${platformName} under **Settings → Contact Fields**.`;

export const fieldValueHelp =
  'Enter the value exactly as it is saved. A phone number can be in any format. For a yes/no field, enter `TRUE` or `FALSE`.';

/** The standard fields by their IDs and labels, letters only. */
const standardIds = new Map<string, string>([
  ...standardFields.map(({ key }) => [key.toLowerCase(), key] as const),
  ...standardFields.map(({ key, label }) => [lettersOf(label), key] as const),
]);

/** Other labels of the standard fields. A custom field's ID may be `correo`, so a name written as an ID is not a label. */
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

/** Returns the ID of a field, also for a label or `custom_fields__phone`, because servers silently ignore unknown fields. */
export function fieldIdOf(typed: string): string {
  const name = trimmed(typed)
    .normalize('NFC')
    .replace(/^custom_fields(?:__|\.)(?=.)/i, '');
  const letters = /^[\p{L}\p{M}\d\s_.-]+:?$/u.test(name) ? lettersOf(name) : '';
  const isWrittenAsId = /^[a-z\d_]+$/.test(name);
  return standardIds.get(letters) ?? (isWrittenAsId ? undefined : standardLabels.get(letters)) ?? name;
}

export const parseFieldId = (label: string, input: Input): string =>
  fieldIdOf(parseRequiredUrlText(label, input, 'Choose a field, or enter the ID of a custom field.'));

export const parseFieldValue = (label: string, input: Input, name = ''): string =>
  identityOf(name, parseRequiredUrlText(label, input, 'Enter or map the value to look for.'));

/** Reads a field and the value to look for. Throws an input error if one of them is empty. */
export function parseFieldMatch(
  nameLabel: string,
  name: Input,
  valueLabel: string,
  value: Input,
): FieldMatch {
  const id = parseFieldId(nameLabel, name);
  return { name: id, value: parseFieldValue(valueLabel, value, id) };
}

/** Returns what the search with this key looked for in a find-or-create; undefined if Zapier does not pass it on. */
export function parseSearchedField(search: string, inputData: Record<string, Input>): FieldMatch | undefined {
  const { field_name, field_value, phone } = inputData;
  if (search === 'find_contact_by_phone') {
    return isEmpty(phone) ? undefined : { name: 'phone', value: parseFieldValue('Phone', phone) };
  }
  return isEmpty(field_name) || isEmpty(field_value)
    ? undefined
    : parseFieldMatch('Field', field_name, 'Field Value', field_value);
}

/** The most watched values, because each needs its share of a poll's requests. */
const mostWatchedValues = 10;
/** Matches several yes/no values or lines in one box. Other values may contain a comma: `Ruiz, Ana`. */
const yesNo = '(?:true|false|yes|no|s[ií]|verdadero|falso|on|off|0|1)';
const severalValues = new RegExp(
  `[\\n\\r\\u2028]|^${yesNo}(?:[\\s,;|/]+(?:(?:and|or|y|o)\\s+)?${yesNo})+$`,
  'i',
);

/** Returns the watched values, sorted. Throws an input error for none or too many, and for a box that holds several. */
export function parseWatchedValues(label: string, input: Input): string[] {
  const boxes = parseBoxes(label, input).map(({ text }) => text);
  const several = boxes.find((text) => severalValues.test(text));
  if (several !== undefined) {
    throw badInput(
      `The ${label} field has several values in one box: "${several.slice(0, 100)}". Put each value in its own box.`,
    );
  }
  const values = [...new Set(boxes)].sort();
  if (values.length === 0) {
    throw badInput(`The ${label} field is empty. Fill in at least one value to watch, like "TRUE".`);
  }
  if (values.length > mostWatchedValues) {
    throw badInput(
      `The ${label} field has ${values.length} values. Watch at most ${mostWatchedValues} in one Zap.`,
    );
  }
  return values.map((value) => parseFieldValue(label, value));
}

/** Returns the IDs of the watched fields, or `tags`, sorted. There may be none. */
export function parseWatchedFields(label: string, input: Input): string[] {
  const names = parseItems(label, input).map((name) =>
    /^(?:tags|etiquetas)$/i.test(name) ? 'tags' : fieldIdOf(name),
  );
  return [...new Set(names)].sort();
}
