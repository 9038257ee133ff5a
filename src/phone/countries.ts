import names from './countries.json' with { type: 'json' };

/** The countries of the phone library by name. Intl.DisplayNames would need 9 ms of each cold start for the names. */
export const countries: Record<string, string> = names;
