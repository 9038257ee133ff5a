import { expect, it } from '@jest/globals';
import { type CountryCode, parsePhoneNumberFromString as parse } from 'libphonenumber-js/max';
import { loadPhones } from '../../../src/phone/load.ts';

const { phoneToSave } = await loadPhones();

/** The numbers tried for each country. For more: `SAMPLES=4000 npm run jest -- test/src/phone/sampling`. */
const samples = Number(process.env.SAMPLES ?? 200);

/** Fifteen countries, and how many digits their national numbers can have. */
const countries: [CountryCode, ...number[]][] = [
  ['MX', 10],
  ['US', 10],
  ['BR', 10, 11],
  ['CO', 10],
  ['CL', 9],
  ['AR', 10, 11],
  ['PE', 8, 9],
  ['ES', 9],
  ['DE', 7, 8, 9, 10, 11],
  ['FR', 9],
  ['GB', 10],
  ['IT', 9, 10],
  ['IN', 10],
  ['CN', 10, 11],
  ['ID', 9, 10, 11, 12],
];

/** Returns a Park–Miller generator. Its numbers are the same in each run, so that a failure can be reproduced. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

it.each(countries)('no national number of %s is saved as another number', (country, ...lengths) => {
  const random = createRandom(1);
  for (let found = 0; found < samples; ) {
    const length = lengths[random(lengths.length)] ?? 10;
    const national = Array.from({ length }, () => random(10)).join('');
    const number = parse(national, country);
    if (!number?.isValid() || number.nationalNumber !== national) continue;
    found += 1;
    expect([national, number.number]).toContain(phoneToSave(national, undefined));
    expect(phoneToSave(national, country)).toBe(number.number);
  }
});
