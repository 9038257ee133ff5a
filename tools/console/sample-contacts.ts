import type { Fields } from '../sandbox/store.ts';

const firstNames = 'Ana Bilal Chloé Daniel Elif Farah Gabriel Hana Ivo Jasmin Kofi'.split(' ');
const lastNames = 'Costa Rahman Dubois Weber Yılmaz Hassan Moreau Sato Novak'.split(' ');

/** Returns an invented contact's fields. The same number always returns the same fields. */
export function sampleFields(number: number): Fields {
  const firstName = firstNames[number % firstNames.length] ?? '';
  const lastName = lastNames[number % lastNames.length] ?? '';
  // An address takes letters without accents. The dotless ı has no accent to drop, so it is replaced.
  const mailbox = `${firstName}.${lastName}`
    .normalize('NFKD')
    .replaceAll('ı', 'i')
    .replaceAll(/[^A-Za-z.]/g, '');
  return {
    firstName,
    lastName,
    phone: `+6012${3_400_000 + number * 7919}`,
    email: `${mailbox.toLowerCase()}${number + 1}@example.com`,
    language: 'en',
    subscribed: number % 3 === 0 ? 'FALSE' : 'TRUE',
  };
}
