import type { AuthField } from 'zapier-platform-core';
import names from './countries.json' with { type: 'json' };

/**
 * Every country whose numbers `libphonenumber-js` can read, by its ISO 3166 code, sorted by name.
 * The names are those of `Intl.DisplayNames`; written out, because making them takes 9 ms of each cold start.
 */
export const countries: Record<string, string> = names;

/** The connection's field for the country of numbers that are written without a country code. */
export const countryField: AuthField = {
  key: 'country',
  label: 'Country',
  required: false,
  isNoSecret: true,
  choices: countries,
  helpText:
    'Phone numbers without a `+`, like `202 555 0143`, are read as numbers of this country. ' +
    'Without a country they stay text and find only contacts saved with the same digits.',
};
