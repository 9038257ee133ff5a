/** A fault that no test can catch, since nobody can see it. */
export interface Equivalent {
  file: string;
  /** The code as it stands in the file, and what Stryker puts in its place. */
  code: string;
  replacement: string;
  reason: string;
}

export const equivalents: Equivalent[] = [
  ...['true', 'country !== undefined || isSupportedCountry(country)'].map((replacement) => ({
    file: 'src/phone/phone.ts',
    code: 'country !== undefined && isSupportedCountry(country)',
    replacement,
    reason:
      'Without a country that it knows, the library reads no local number. The check is there for the types.',
  })),
  {
    file: 'src/phone/phone.ts',
    code: 'country !== undefined',
    replacement: 'true',
    reason: 'No country is none that the library knows.',
  },
  {
    file: 'src/updated-contact/updated-contact.ts',
    code: "'updated_contact:1'",
    replacement: '""',
    reason:
      'Only this trigger uses the name, with what it watches in it. It is there for a later form of what is remembered.',
  },
];
