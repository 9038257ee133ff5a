import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  Metadata,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import { loadPhones } from '../../../src/phone/load.ts';

const { phoneToSave } = await loadPhones();

/** How many numbers are tried for each country. `SAMPLES=4000 npm run jest -- test/src/phone/sampling` tries more. */
const numRuns = Number(process.env.SAMPLES ?? 200);

const sampled = 'MX US BR CO CL AR PE ES DE FR GB IT IN CN ID'.split(' ');
const countries = getCountries().filter((country) => sampled.includes(country));
/** The most digits of national numbers that are tried. Few people have longer ones. */
const most: Partial<Record<CountryCode, number>> = { IT: 10, ID: 12 };

it.each(countries)('no national number of %s is saved as another number', (country) => {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const lengths = metadata.numberingPlan?.possibleLengths() ?? [];
  const nationals = fc
    .constantFrom(...lengths.filter((length) => length >= 7 && length <= (most[country] ?? 11)))
    .chain((length) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length }),
    )
    .map((digits) => ({ digits, number: parse(digits, country) }))
    .filter(({ digits, number }) => number?.isValid() === true && number.nationalNumber === digits);
  const isNoOther = fc.property(nationals, ({ digits, number }) => {
    expect([digits, number?.number]).toContain(phoneToSave(digits, undefined));
    expect(phoneToSave(digits, country)).toBe(number?.number);
  });
  fc.assert(isNoOther, { numRuns });
});
