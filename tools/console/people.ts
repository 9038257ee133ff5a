import type { Fields } from '../sandbox/contact.ts';

const firstNames = [
  'Ana',
  'Bilal',
  'Chloé',
  'Daniel',
  'Elif',
  'Farah',
  'Gabriel',
  'Hana',
  'Ivo',
  'Jasmin',
  'Kofi',
];
const lastNames = ['Costa', 'Rahman', 'Dubois', 'Weber', 'Yılmaz', 'Hassan', 'Moreau', 'Sato', 'Novak'];

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? '';
}

/** The fields of a made-up contact; the same number gives the same person. */
export function person(number: number): Fields {
  const firstName = pick(firstNames, number);
  const lastName = pick(lastNames, number);
  const latin = `${firstName}.${lastName}`
    .normalize('NFKD')
    .replaceAll('ı', 'i')
    .replaceAll(/[^A-Za-z.]/g, '');
  return {
    firstName,
    lastName,
    phone: `+6012${3_400_000 + number * 7919}`,
    email: `${latin.toLowerCase()}${number + 1}@example.com`,
    language: 'en',
    subscribed: number % 3 === 0 ? 'FALSE' : 'TRUE',
  };
}
