import { expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js/min';
import { countries, countryField } from '../../../src/phone/countries.ts';

it('an optional choice offers every country that the library knows, sorted by name', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const { compare } = new Intl.Collator('en');
  const named = getCountries().map((code) => [code, names.of(code) ?? ''] as const);
  expect(Object.entries(countries)).toEqual(named.toSorted(([, a], [, b]) => compare(a, b)));
  expect(countryField).toMatchObject({ key: 'country', required: false, choices: { MX: 'Mexico' } });
});
