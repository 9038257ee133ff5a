import { badInput } from '../failures/failure.ts';
import type { FieldMatch } from '../models/contact.ts';
import { loadPhones } from '../phone/load.ts';
import { trimmed } from './values.ts';

const nothing = new RegExp(
  [
    '#[\\p{L}¡¿][\\p{L}/0]*[!?]',
    '#(?:N/[AD]|NV|GETTING_DATA)',
    '[(<]?(?:null|undefined|nil|none|nan|[-+]?infinity)[)>]?',
    '\\[object \\w+\\]',
    'N ?/ ?A|N\\.A\\.',
    '[\\p{Pd}\u2212]+',
    '[-+]?\\d(?:(?:[.,]\\d+)?E\\+\\d{2,}|[.,]\\d+E\\+?\\d+)',
  ]
    .map((form) => `^["'“”‘’=]*(?:${form})["'“”‘’,;]*$`)
    .join('|'),
  'iu',
);

/** True for what programs write if a value is missing, like `#N/A` and `null`, and for shortened numbers like `5.23312E+11`. */
export const standsForNothing = (text: string): boolean => nothing.test(text);
/** Characters that stand around an email address and are never in one. */
const aroundAddress = /[\s<>()[\]{},;:"“”«»|\\\p{So}\p{ExtPict}•]+/u;
/** Marks in front of an email address, and the `email=` of a link's query. */
const marksBefore = /^(?:[^\p{L}\p{N}_+@]+|e?-?mail=)+/iu;
/** An email address at the start of a text. */
const address = /^[^@]+@(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]*[\p{L}\p{N}]/u;

/** Returns the only email address in a text; undefined if there is none, or if there are two different ones. */
export function emailIn(text: string): string | undefined {
  const [first, ...others] = text
    .replace(/\p{DI}/gu, '')
    .split(aroundAddress)
    .map((one) => one.replace(marksBefore, ''))
    .filter((one) => /[^@]@./u.test(one))
    .map((one) => (one.indexOf('@') === one.lastIndexOf('@') ? address.exec(one)?.[0] : undefined));
  return others.every((one) => one?.toLowerCase() === first?.toLowerCase()) ? first : undefined;
}

/** Prepares a value for a look-up: drops invisible edges, composes letters, and keeps only the address of an email. */
export function identityOf(name: string, typed: string): string {
  const value = trimmed(typed).normalize('NFC');
  return (name === 'email' && emailIn(value)) || value;
}

/** True if the value can identify a person: a phone in `phone`, an email in `email`, any value but a missing one elsewhere. */
export async function isIdentity({ name, value }: FieldMatch, country: string | undefined): Promise<boolean> {
  if (name === 'phone') return (await loadPhones()).phoneToSave(value, country) !== undefined;
  return name === 'email' ? emailIn(value) !== undefined : !standsForNothing(value);
}

/** Throws an input error if the value can identify nobody. `label` names the input that holds it. */
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
