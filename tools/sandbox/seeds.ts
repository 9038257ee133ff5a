import type { Contact, FieldValue } from './contact.ts';
import { PEOPLE } from './seed-names.ts';

/** The contact of the documents' samples: the first seeded one, so that the samples work as they are printed. */
export const SAMPLE: Contact = {
  id: '1776025372480910',
  custom_fields: {
    firstName: 'Mahin',
    lastName: 'Dar',
    locale: 'en_GB',
    timezone: '5',
    gender: 'male',
    phone: '123123',
    email: 'muhammad@bony.chat',
    customerid: '1',
  },
  tags: ['Blog Updates', 'Platform Updates'],
  created_at: 1575618542,
};

const TAGS = ['Blog Updates', 'Platform Updates', 'VIP', 'Newsletter', 'Lead', 'Wholesale'];
const ID = { first: Number(SAMPLE.id), step: 7919 };
const PHONE = { first: 100_000_000, step: 97, digits: 9 };

/**
 * A seeded contact, always the same for its ordinal; 0 is the oldest.
 * @param until Unix seconds; contacts are spread evenly from the sample's time to this one.
 */
export function seededContact(ordinal: number, count: number, until: number): Contact {
  if (ordinal === 0) return SAMPLE;
  const fields: Record<string, FieldValue> = {};
  for (const [name, compute] of FIELDS) fields[name] = compute(ordinal);
  const seconds = Math.max(0, until - SAMPLE.created_at);
  return {
    id: String(ID.first + ordinal * ID.step),
    custom_fields: fields,
    tags: TAGS.filter((_, place) => hashNumber(ordinal, place) % 4 === 0),
    created_at: SAMPLE.created_at + Math.floor((seconds * ordinal) / count),
  };
}

const FIELDS = new Map<string, (ordinal: number) => FieldValue>([
  ['firstName', firstName],
  ['lastName', (ordinal) => pick(people(ordinal).last, hashNumber(ordinal, 11))],
  ['profilePic', () => null],
  ['language', (ordinal) => people(ordinal).language],
  ['locale', (ordinal) => people(ordinal).locale],
  ['timezone', (ordinal) => people(ordinal).timezone],
  ['gender', gender],
  ['phone', (ordinal) => `${people(ordinal).dial}${PHONE.first + ordinal * PHONE.step}`],
  ['email', (ordinal) => `${latin(firstName(ordinal)) || 'contact'}.${ordinal + 1}@example.com`],
  ['customerid', (ordinal) => String(ordinal + 1)],
  ['subscribed', (ordinal) => hashNumber(ordinal, 12) % 4 !== 0],
]);

function people(ordinal: number) {
  return pick(PEOPLE, hashNumber(ordinal, 13));
}

function gender(ordinal: number): 'female' | 'male' {
  return hashNumber(ordinal, 14) % 2 === 0 ? 'female' : 'male';
}

function firstName(ordinal: number): string {
  return pick(people(ordinal)[gender(ordinal)], hashNumber(ordinal, 15));
}

function latin(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
}

function pick<T>(list: readonly [T, ...T[]], number: number): T {
  return list[number % list.length] ?? list[0];
}

/** A 32-bit number that looks random and is always the same for an ordinal and a salt. */
function hashNumber(ordinal: number, salt: number): number {
  let hash = Math.imul(ordinal + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
