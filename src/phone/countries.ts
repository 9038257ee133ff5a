import type { AuthField } from 'zapier-platform-core';
import names from './countries.json' with { type: 'json' };

/** The countries of the phone library by name. Intl.DisplayNames would need 9 ms of each cold start for the names. */
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
