import {
  type CountryCode,
  getCountries,
  Metadata,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import library from 'libphonenumber-js/max/metadata';

/**
 * The digits that numbers of a country have at most, mobile numbers aside. The library takes any digits that begin with
 * an area code for a number of these countries, up to fifteen of them.
 */
const most: Partial<Record<CountryCode, number>> = { AT: 10, DE: 11, LU: 10, RS: 10, XK: 10 };

/** Whether a valid number can be that of a person: no voice mailbox, and no longer than numbers of its country are. */
export function isPersonal(number: PhoneNumber): boolean {
  const type = number.getType();
  const limit = (number.country && most[number.country]) ?? Number.POSITIVE_INFINITY;
  return type !== 'VOICEMAIL' && (type === 'MOBILE' || number.nationalNumber.length <= limit);
}

/** Brazilian mobile numbers alone have eleven digits, and their third digit is 9. */
const notBrazilian = /^\+55\d\d[0-8]\d{8}$/;

/** Whether a number has the form of its country's numbers, also if it is in no range that the library knows. */
export function isPlausible(number: PhoneNumber): boolean {
  const [country = 'ZZ'] = library.country_calling_codes[number.countryCallingCode] ?? [];
  const form = Reflect.get(library.countries, country)?.[2];
  const hasForm =
    new RegExp(`^(?:${form})$`).test(number.nationalNumber) && !notBrazilian.test(number.number);
  return number.isValid() || hasForm;
}

/** The countries in which numbers are dialled with eleven digits, the zero in front not counted. */
const longNationals = getCountries().filter((country) => {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.possibleLengths().some((length) => length > 10);
});

/** Whether digits without a plus, dialled within some country, would reach another number than `stated`. */
export function isNationalSomewhere(digits: string, stated: PhoneNumber): boolean {
  return longNationals.some((country) => {
    const number = parse(digits, country);
    return number?.isValid() && number.number !== stated.number && isPersonal(number);
  });
}
