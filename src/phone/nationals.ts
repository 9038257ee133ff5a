import {
  type CountryCode,
  getCountries,
  Metadata,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import library from 'libphonenumber-js/max/metadata';

/** The most digits of landline numbers in countries for which the library accepts up to fifteen. */
const most: Partial<Record<CountryCode, number>> = { AT: 10, DE: 11, LU: 10, RS: 10, XK: 10 };

/** True if a valid number can be a person's: it is no voice mailbox and no longer than numbers of its country. */
export function isPersonal(number: PhoneNumber): boolean {
  const type = number.getType();
  const limit = (number.country && most[number.country]) ?? Number.POSITIVE_INFINITY;
  return type !== 'VOICEMAIL' && (type === 'MOBILE' || number.nationalNumber.length <= limit);
}

/** In Brazil only mobile numbers have eleven digits, and their third digit is 9. */
const notBrazilian = /^\+55\d\d[0-8]\d{8}$/;

/** True if a number has the form of its country's numbers, even in a range that the library does not know. */
export function isPlausible(number: PhoneNumber): boolean {
  const [country = 'ZZ'] = library.country_calling_codes[number.countryCallingCode] ?? [];
  const form = Reflect.get(library.countries, country)?.[2];
  const hasForm =
    new RegExp(`^(?:${form})$`).test(number.nationalNumber) && !notBrazilian.test(number.number);
  return number.isValid() || hasForm;
}

/** Countries in which numbers have eleven digits without the leading zero. */
const longNationals = getCountries().filter((country) => {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.possibleLengths().some((length) => length > 10);
});

/** True if digits without a plus would, dialled inside some country, reach another number than `stated`. */
export function isNationalSomewhere(digits: string, stated: PhoneNumber): boolean {
  return longNationals.some((country) => {
    const number = parse(digits, country);
    return number?.isValid() && number.number !== stated.number && isPersonal(number);
  });
}
