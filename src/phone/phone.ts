// Loaded by src/phone/load.ts, and only by a run that has a phone.
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import type { Connection } from '../connection/connection.ts';
import { isNationalSomewhere, isPersonal, isPlausible } from './nationals.ts';
import { type PhoneText, readPhoneText } from './phone-text.ts';
import { isUsualId, twinOf } from './twins.ts';

/** The requests that a look-up of one phone makes at most. */
const mostRequests = 8;

/** Digits. Shorter ones without a plus may be a national number of several countries, with or without a country code. */
const leastWithCode = 11;
/** Digits. No phone has fewer, or, with its country code, more. */
const leastDigits = 7;
const mostDigits = 15;

/** A text that can be a phone. It has a number if it can be read in one way. */
interface Phone extends PhoneText {
  /** E.164: `+523312345000`. */
  number?: string;
  /** As dialled within its country, with the trunk zero if the country has one: `3312345000`, `02079460958`. */
  national?: string;
}

function withoutSigns(number: string): string {
  return number.replace(/\D/g, '');
}

/**
 * Reads a number that says its country. Its length has to fit that country. Whether it is in use is not asked: the
 * library's list ages, and a plus leaves nothing to guess. A trunk zero after the country code is dropped if only the
 * number without it is valid: `+974 055 123 456`.
 */
function readStated(digits: string): PhoneNumber | undefined {
  const number = parse(digits);
  const [, code, rest] = /^(\+\d{1,3}?)0+(\d+)$/.exec(digits) ?? [];
  const withoutZero = number?.isValid() || code === undefined ? undefined : parse(`${code}${rest}`);
  const best = withoutZero?.isValid() ? withoutZero : number;
  return best?.isPossible() ? best : undefined;
}

/**
 * Reads digits without a plus: as a number of `country` if they are valid there, otherwise, from eleven digits on, as
 * if the plus was missing. Without a country the digits must not be a whole national number anywhere.
 */
function readUnstated(digits: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const hasCode = digits.length >= leastWithCode && !digits.startsWith('0');
  const stated = hasCode ? parse(`+${digits}`) : undefined;
  if (country === undefined) {
    return stated && isPlausible(stated) && !isNationalSomewhere(digits, stated) ? stated : undefined;
  }
  const local = parse(digits, country);
  const isOwn = local?.isValid() && (digits.startsWith('0') || isPersonal(local));
  return isOwn ? local : [stated, local].find((number) => number && isPlausible(number));
}

/**
 * Reads a phone as it arrives; undefined for what is none. Without a number it is text: digits that could be a number of
 * several countries, or a short internal number.
 */
function readPhone(typed: string, country: string | undefined): Phone | undefined {
  const written = readPhoneText(typed);
  if (written === undefined) return undefined;
  const { digits } = written;
  const isStated = digits.startsWith('+');
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const number =
    digits.length < leastDigits ? undefined : isStated ? readStated(digits) : readUnstated(digits, known);
  if (number) return { ...written, number: number.number, national: withoutSigns(number.formatNational()) };
  return isStated || digits.length > mostDigits ? undefined : written;
}

/** What is saved as the phone of a new contact: in international form if it can be read, otherwise as typed; undefined for no phone. */
export function phoneToSave(typed: string, country: string | undefined): string | undefined {
  const phone = readPhone(typed, country);
  return phone?.number ?? phone?.text;
}

/**
 * The phone in international form, `+523312345000`; undefined for what cannot be read in one way.
 * A Mexican number is without the 1 after 52. An Argentine and a Brazilian one keeps, or lacks, its 9 as it was typed.
 * @param country ISO 3166 alpha-2, for numbers without a country code.
 */
export function internationalPhone(typed: string, country: string | undefined): string | undefined {
  return readPhone(typed, country)?.number;
}

/** Whether two texts are one phone, however each is written, twins included. Texts that are no phones have to be equal. */
export function isSamePhone(a: string, b: string, country: string | undefined): boolean {
  const one = readPhone(a, country);
  const other = readPhone(b, country);
  if (one?.number && other?.number) return one.number === other.number || one.number === twinOf(other.number);
  const [digits, others] = [one, other].map((phone) => withoutSigns(phone?.number ?? phone?.digits ?? ''));
  const isLong = digits !== undefined && digits.length >= leastWithCode;
  return a === b || (digits !== '' && digits === others && (isLong || !(one?.number || other?.number)));
}

/**
 * The values under which a phone may be saved in a field, likeliest first, at most six: with plus, digits, as typed,
 * national digits, and the number's twin on WhatsApp with plus and as digits. Of digits only those that mean this number
 * alone: national ones if the connection's country reads them so, and with the country code from eleven digits on.
 */
function phoneValues({ text, digits, number, national }: Phone, country: string | undefined): string[] {
  if (number === undefined || national === undefined) return [...new Set([text, digits])];
  const twin = twinOf(number);
  const meansThis = (value: string) =>
    value === text || value.length >= leastWithCode || readPhone(value, country)?.number === number;
  const isOwnNational = readPhone(national, country)?.number === number;
  return [
    ...new Set([
      number,
      ...[withoutSigns(number)].filter(meansThis),
      text,
      ...(isOwnNational ? [national] : []),
      ...(twin === undefined ? [] : [twin, withoutSigns(twin)]),
    ]),
  ];
}

/**
 * The IDs that a contact with this phone may have, likeliest first, at most four: digits, `whatsapp:+` and digits, and
 * the same of the number's twin. First comes the twin that WhatsApp usually knows. Elsewhere than on WhatsApp, fewer than
 * eleven digits may be the ID of somebody else. None for what cannot be read in one way, and on Viber.
 */
export function phoneIdSpellings(
  typed: string,
  country: string | undefined,
  channelType: Connection['channelType'],
): string[] {
  const number = readPhone(typed, country)?.number;
  if (number === undefined || channelType === 'viber') return [];
  const twin = twinOf(number);
  const numbers = twin === undefined ? [number] : [number, twin];
  numbers.sort((a, b) => Number(isUsualId(b)) - Number(isUsualId(a)));
  return numbers
    .flatMap((one) => [withoutSigns(one), `whatsapp:${one}`])
    .filter((id) => channelType === 'whatsapp' || id.length >= leastWithCode);
}

/**
 * What to ask for to find a contact by its phone: values of its field, and IDs. At most eight together, so that a
 * number that nobody has costs eight requests: all values, for a field is what the user can see and correct, and as many
 * IDs as are left, which is two at least. Nothing for what is no phone.
 */
export function phoneLookups(
  typed: string,
  country: string | undefined,
  channelType: Connection['channelType'],
): { values: string[]; ids: string[] } {
  const phone = readPhone(typed, country);
  const values = phone ? phoneValues(phone, country) : [];
  const ids = phoneIdSpellings(typed, country, channelType);
  return { values, ids: ids.slice(0, mostRequests - values.length) };
}
