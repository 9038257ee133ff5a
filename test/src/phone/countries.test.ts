import { expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js/min';
import { countries } from '../../../src/phone/countries.ts';

it('the choices have every country that the library knows, sorted by name', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const { compare } = new Intl.Collator('en');
  const named = getCountries().map((code) => [code, names.of(code) ?? ''] as const);
  expect(Object.entries(countries)).toEqual(named.toSorted(([, a], [, b]) => compare(a, b)));
});
