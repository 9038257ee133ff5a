// Loaded by src/phone/load.ts, and only by a run that has a phone.
import {
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/min';
import { isUsualId, twinOf } from './twins.ts';

/** The requests that a look-up of one phone makes at most. */
const mostRequests = 8;

interface Phone {
  /** E.164: `+523312345000`. */
  international: string;
  /** As dialled within its country, with the trunk zero where the country has one: `3312345000`, `02079460958`. */
  national: string;
}

/** Four digits of a year, before or after two numbers of one or two digits. */
const date = /^(?:(?:19|20)\d\d([-. ])\d\d?\1\d\d?|\d\d?([-. ])\d\d?\2(?:19|20)\d\d)$/;
/**
 * The digits of a mobile number without country code and trunk zero, where they are more than ten. Longer digits are
 * first read with a country code, for the library's small metadata takes most lengths for valid.
 * From the library's `mobile` metadata, without the rare lengths of Austria.
 */
const longestMobile: Record<string, number> = { AT: 11, BR: 11, CN: 11, DE: 11, ID: 12 };
/** The metadata takes most eleven digits for Brazilian; only mobile numbers are so long, and their third digit is 9. */
const notBrazilian = /\+55\d\d[0-8]\d{8}/;
/** Spaces of every kind, invisible characters, dashes, the minus sign, brackets, dots. */
const separators = /[\s\p{Cf}\p{Pd}\u2212()[\].]/gu;

/**
 * Digits, after a plus where the number says its country code; undefined for what is no phone.
 * `00` is a plus. The 1 that Mexico put after its country code until 2019 is left out: the library refuses it.
 */
function readDigits(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const digits = text
    .replace(/^(?:whatsapp|tel):/i, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (arabic) => String(arabic.charCodeAt(0) % 16))
    .replace(separators, '')
    .replace(/^00/, '+')
    .replace(/^(\+?52)1([2-9]\d{9})$/, '$1$2');
  return /^\+?\d{7,20}$/.test(digits) && !date.test(text) ? digits : undefined;
}

/**
 * Reads a phone as a person types it; undefined for what is none.
 *
 * With a plus or `00`, the number says its country, and its length has to fit that country. Whether it is in use is not
 * asked: the library's list of areas ages, and a plus leaves nothing to guess.
 * Without, up to ten digits (more where mobile numbers have more) are a number of `country` where they are a valid one:
 * numbers without a country code are why a connection has a country. Otherwise, and where there are more digits, they are
 * read as if the plus was missing; and at last as the country's again, for its trunk zero or its own way to dial abroad.
 * So with MX `33 1234 5000` and `523312345000` are both +523312345000, and `60123456789` is Malaysian.
 * A few foreign digits without a plus are valid in the country as well, mostly ten, and are taken for its own.
 *
 * Letters make a text no phone, an extension included: it stands for one of several people with the same number.
 * A slash does too: it separates dates and second numbers.
 */
function readPhone(typed: string, country: string | undefined): Phone | undefined {
  const digits = readDigits(typed);
  if (digits === undefined) {
    return undefined;
  }
  const stated = parse(digits.startsWith('+') ? digits : `+${digits}`);
  if (digits.startsWith('+')) {
    return stated?.isPossible() ? phoneOf(stated) : undefined;
  }
  const local = country !== undefined && isSupportedCountry(country) ? parse(digits, country) : undefined;
  const isLong = digits.length > ((country && longestMobile[country]) || 10);
  const readings = isLong ? [stated, local] : [local, stated];
  const number = readings.find((reading) => reading?.isValid() && !notBrazilian.test(reading.number));
  return number && phoneOf(number);
}

function phoneOf(number: PhoneNumber): Phone {
  return { international: number.number, national: withoutSigns(number.formatNational()) };
}

function withoutSigns(number: string): string {
  return number.replace(/\D/g, '');
}

function isSameNumber(a: Phone, b: Phone): boolean {
  return a.international === b.international || a.international === twinOf(b.international);
}

/**
 * The phone in international form, `+523312345000`; undefined for what is no phone.
 * A Mexican number is without the 1 after 52. An Argentine and a Brazilian one keeps, or lacks, its 9 as it was typed.
 * @param country ISO 3166 alpha-2, for numbers without a country code.
 */
export function internationalPhone(typed: string, country: string | undefined): string | undefined {
  return readPhone(typed, country)?.international;
}

/** Whether two texts are one phone, however each is written, twins included. Texts that are no phones have to be equal. */
export function isSamePhone(a: string, b: string, country: string | undefined): boolean {
  const one = readPhone(a, country);
  const other = readPhone(b, country);
  return one && other ? isSameNumber(one, other) : a === b;
}

/**
 * The ways in which a phone may be saved in a field, likeliest first, without repeats, at most six: with plus, digits,
 * as typed, national digits, and the number's twin on WhatsApp with plus and as digits.
 * What is no phone has one spelling, itself.
 *
 * The national digits are left out where the connection's country reads them as another number: with CO, the digits of
 * +1 331 234 5000 are those of a Colombian.
 */
export function phoneSpellings(typed: string, country: string | undefined): string[] {
  const phone = readPhone(typed, country);
  if (!phone) {
    return [typed];
  }
  const { international, national } = phone;
  const local = country === undefined ? undefined : readPhone(national, country);
  const twin = twinOf(international);
  return [
    ...new Set([
      international,
      withoutSigns(international),
      typed,
      ...(local && !isSameNumber(local, phone) ? [] : [national]),
      ...(twin === undefined ? [] : [twin, withoutSigns(twin)]),
    ]),
  ];
}

/**
 * The IDs that a contact with this phone may have on WhatsApp, likeliest first, at most five: digits, `whatsapp:+` and
 * digits, and the same of the number's twin. First comes the twin that WhatsApp usually knows. Last come digits that
 * were read as a number of the connection's country and would also be one of another: an ID has its country code.
 * None for what is no phone. What was typed may be among them.
 */
export function phoneIdSpellings(typed: string, country: string | undefined): string[] {
  const phone = readPhone(typed, country);
  if (!phone) {
    return [];
  }
  const { international } = phone;
  const abroad = readPhone(typed, undefined);
  const twin = twinOf(international);
  const numbers = twin === undefined ? [international] : [international, twin];
  numbers.sort((a, b) => Number(isUsualId(b)) - Number(isUsualId(a)));
  return [
    ...numbers.flatMap((number) => [withoutSigns(number), `whatsapp:${number}`]),
    ...(abroad && !isSameNumber(abroad, phone) ? [withoutSigns(abroad.international)] : []),
  ];
}

/**
 * What to ask for to find a contact by its phone: values of its field, and IDs. At most eight together, so that a
 * number that nobody has costs eight requests: all values, for a field is what the user can see and correct, and as many
 * IDs as are left, which is two at least.
 */
export function phoneLookups(
  typed: string,
  country: string | undefined,
): { values: string[]; ids: string[] } {
  const values = phoneSpellings(typed, country);
  const ids = phoneIdSpellings(typed, country);
  return { values, ids: ids.slice(0, mostRequests - values.length) };
}
