import { badInput } from '../failures/failure.ts';
import type { FieldMatch } from '../models/contact.ts';
import { loadPhones } from '../phone/load.ts';
import { trimmed } from './values.ts';

/** What spreadsheets and programs write instead of a value, and a number that a spreadsheet has shortened. */
const nothing = new RegExp(
  [
    '#[\\p{L}¡¿][\\p{L}/0]*[!?]',
    '#(?:N/[AD]|NV|GETTING_DATA)',
    '[(<]?(?:null|undefined|nil|nan)[)>]?',
    '\\[object \\w+\\]',
    'N/A',
    '[\\p{Pd}\u2212]+',
    '[-+]?\\d(?:[.,]\\d+)?E\\+\\d{2,}',
  ]
    .map((form) => `^${form}$`)
    .join('|'),
  'iu',
);

/** Whether a text is no value, but stands for a missing or a damaged one: `#N/A`, `null`, `5.23312E+11`. */
export function standsForNothing(text: string): boolean {
  return nothing.test(text);
}

const address = /[^\s<>()[\]{},;:"“”«»|\\@]+@[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?/gu;

/** The one email address in a text, without what stands around it; undefined for none and for several. */
export function emailIn(text: string): string | undefined {
  const found = text
    .replace(/\p{DI}/gu, '')
    .match(address)
    ?.map((one) => one.replace(/^[=*'`‘’]+/, ''));
  const [first] = found ?? [];
  return found?.every((one) => one.toLowerCase() === first?.toLowerCase()) ? first : undefined;
}

/** A value to look for as an identity is compared: without invisible edges, its letters composed, and an email alone. */
export function identityOf(name: string, typed: string): string {
  const value = trimmed(typed).normalize('NFC');
  return (name === 'email' && emailIn(value)) || value;
}

/** Whether a value can be that of one person: a phone in the field of phones, an email in that of emails, and any other elsewhere. */
export async function isIdentity({ name, value }: FieldMatch, country: string | undefined): Promise<boolean> {
  if (name === 'phone') return (await loadPhones()).phoneToSave(value, country) !== undefined;
  return name === 'email' ? emailIn(value) !== undefined : !standsForNothing(value);
}

/** Throws bad input if nobody can have this value. `label` is that of the value's field. */
export async function requireIdentity(
  label: string,
  match: FieldMatch,
  country: string | undefined,
): Promise<void> {
  if (await isIdentity(match, country)) return;
  const value = match.value.slice(0, 100);
  if (match.name === 'phone') {
    throw badInput(
      `The ${label} field contains "${value}", which is not a phone number. Format the column as plain text. If there are several numbers or an extension, map a single number.`,
    );
  }
  if (match.name === 'email') {
    throw badInput(
      `The ${label} field contains "${value}", which is not an email address. Map a single address.`,
    );
  }
  throw badInput(
    `The ${label} field contains "${value}", which stands for a missing value. Map a value that only one contact has.`,
  );
}
