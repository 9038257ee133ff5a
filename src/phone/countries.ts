import type { AuthField } from 'zapier-platform-core';
import names from './countries.json' with { type: 'json' };

/**
 * The countries whose numbers `libphonenumber-js` can read, sorted by name. The names come from `Intl.DisplayNames`, and
 * are written out because making them takes 9 ms of each cold start.
 */
export const countries: Record<string, string> = names;

/** The connection's input for the country of numbers without a country code. */
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
