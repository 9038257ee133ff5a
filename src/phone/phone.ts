// src/phone/load.ts loads this file, only in a run that has a phone.
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import type { Connection } from '../connection/connection.ts';
import { isNationalSomewhere, isPersonal, isPlausible } from './nationals.ts';
import { isPlaceholder, type PhoneText, readPhoneText } from './phone-text.ts';
import { isUsualId, twinOf } from './twins.ts';

/** The most requests that look for one phone. */
const mostRequests = 8;
/** A number with fewer digits and no plus may be a national one of several countries. */
const leastWithCode = 11;
/** The fewest digits of a phone, and the most, country code included. */
const leastDigits = 7;
const mostDigits = 15;

/** A text that can be a phone. `number` is missing if it can be read in several ways. */
interface Phone extends PhoneText {
  number?: string; // E.164: `+523312345000`.
  /** As dialled inside its country, with the trunk zero if there is one: `3312345000`, `02079460958`. */
  national?: string;
}

const withoutSigns = (number: string): string => number.replace(/\D/g, '');

/** Reads a number with a plus. It need not be in the library's list, which ages. `+974 055 123 456` loses its 0. */
function readStated(digits: string): PhoneNumber | undefined {
  const number = parse(digits);
  const [, code, rest] = /^(\+\d{1,3}?)0+(\d+)$/.exec(digits) ?? [];
  const withoutZero = number?.isValid() || code === undefined ? undefined : parse(`${code}${rest}`);
  const best = withoutZero?.isValid() ? withoutZero : number;
  return best?.isPossible() ? best : undefined;
}

/** Reads digits without a plus as a number of `country`, or else as if only the plus was missing; undefined if both fail. */
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

/** Reads a phone. Without a `number`, its digits may belong to several countries or to an extension. */
function readPhone(typed: string, country: string | undefined): Phone | undefined {
  const written = readPhoneText(typed);
  if (written === undefined) return undefined;
  const { digits } = written;
  const isStated = digits.startsWith('+');
  const withCode = isStated || digits.length >= leastWithCode ? parse(`+${withoutSigns(digits)}`) : undefined;
  if (withCode && isPlaceholder(withCode.nationalNumber)) return undefined;
  const known = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const number =
    digits.length < leastDigits ? undefined : isStated ? readStated(digits) : readUnstated(digits, known);
  if (number) return { ...written, number: number.number, national: withoutSigns(number.formatNational()) };
  return isStated || digits.length > mostDigits ? undefined : written;
}

/** Returns the phone for a new contact, in international form if possible, otherwise as typed; undefined if it is none. */
export function phoneToSave(typed: string, country: string | undefined): string | undefined {
  const phone = readPhone(typed, country);
  return phone?.number ?? phone?.text;
}

/** Returns the phone as `+523312345000`; undefined for ambiguous text. Of WhatsApp's extra digits, Mexico's 1 is dropped. */
export const internationalPhone = (typed: string, country: string | undefined): string | undefined =>
  readPhone(typed, country)?.number;

/** True if two texts are one phone in any spelling, twins included. Texts that are no phones must be equal. */
export function isSamePhone(a: string, b: string, country: string | undefined): boolean {
  const one = readPhone(a, country);
  const other = readPhone(b, country);
  if (one?.number && other?.number) return one.number === other.number || one.number === twinOf(other.number);
  const [digits, others] = [one, other].map((phone) => withoutSigns(phone?.number ?? phone?.digits ?? ''));
  const isLong = digits !== undefined && digits.length >= leastWithCode;
  return a === b || (digits !== '' && digits === others && (isLong || !(one?.number || other?.number)));
}

/**
 * Returns up to six values under which the phone may be saved, likeliest first: with plus, digits, as typed, national
 * digits, and its WhatsApp twin twice. Digits without a plus are left out if the connection's country reads them as
 * another phone or, below eleven digits, does not read them as this one.
 */
function phoneValues({ text, digits, number, national }: Phone, country: string | undefined): string[] {
  if (number === undefined || national === undefined) return [...new Set([text, digits])];
  const twins = [twinOf(number)].filter((twin) => twin !== undefined);
  const meansThis = (value: string) => {
    const read = readPhone(value, country)?.number;
    return read === undefined ? value.length >= leastWithCode : [number, ...twins].includes(read);
  };
  const isOwnNational = readPhone(national, country)?.number === number;
  return [
    ...new Set([
      number,
      ...[withoutSigns(number)].filter(meansThis),
      text,
      ...(isOwnNational ? [national] : []),
      ...twins,
      ...twins.map(withoutSigns).filter(meansThis),
    ]),
  ];
}

/** Returns the IDs that a phone may have, likeliest first. Outside WhatsApp, short ones are left out as ambiguous. */
export function phoneIdSpellings(
  typed: string,
  country: string | undefined,
  channelType: Connection['channelType'],
): string[] {
  const number = readPhone(typed, country)?.number;
  if (number === undefined || channelType === 'viber') return [];
  return [number, twinOf(number)]
    .filter((one) => one !== undefined)
    .sort((a, b) => Number(isUsualId(b)) - Number(isUsualId(a)))
    .flatMap((one) => [withoutSigns(one), `whatsapp:${one}`])
    .filter((id) => channelType === 'whatsapp' || id.length >= leastWithCode);
}

/** Returns up to eight look-ups: all values first, because users can see and correct fields, then as many IDs as fit. */
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
