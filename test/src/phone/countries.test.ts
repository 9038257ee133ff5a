import { expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js/min';
import { countries, countryField } from '../../../src/phone/countries.ts';

const names = new Intl.DisplayNames('en', { type: 'region' });

it('offers every country that the library knows, by its name', () => {
  expect(countries).toEqual(Object.fromEntries(getCountries().map((code) => [code, names.of(code)])));
});

it('sorts them by name', () => {
  const listed = Object.values(countries);
  expect(listed).toEqual(listed.toSorted(new Intl.Collator('en').compare));
});

it('is an optional choice of the connection', () => {
  expect(countryField).toMatchObject({ key: 'country', required: false, choices: { MX: 'Mexico' } });
});
