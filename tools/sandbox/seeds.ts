import people from './people.json' with { type: 'json' };
import type { Contact, Fields } from './store.ts';

/**
 * People's names are in several scripts, and some are very long, so that tests meet them. `timezone` is in hours from UTC.
 * `phones` are the forms in which people save a phone, with # for a digit; WhatsApp uses the first one in IDs.
 */
type People = (typeof people)[number];

/** The contact of the documents' samples. It is the first seeded one, so that these samples work unchanged. */
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
/** The newest contacts, one page of results, have Latin names, because not every machine has fonts for other scripts. */
const LATIN_FIRST = 10;
const latinPeople = people.filter(({ latin }) => latin);

/**
 * Returns a seeded contact by its ordinal; 0 is the oldest. The same arguments always return the same contact.
 * @param until Unix seconds. Contacts are spread evenly from the sample's time to this one.
 */
export function seededContact(ordinal: number, count: number, until: number): Contact {
  if (ordinal === 0) return SAMPLE;
  const person = pick(ordinal < count - LATIN_FIRST ? people : latinPeople, hashNumber(ordinal, 13));
  const seconds = Math.max(0, until - SAMPLE.created_at);
  return {
    id: idOf(ordinal, person),
    custom_fields: fieldsOf(ordinal, person),
    tags: TAGS.filter((_, place) => hashNumber(ordinal, place) % 4 === 0),
    created_at: SAMPLE.created_at + Math.floor((seconds * ordinal) / count),
  };
}

function fieldsOf(ordinal: number, person: People): Fields {
  const gender = hashNumber(ordinal, 14) % 2 === 0 ? 'female' : 'male';
  const firstName = pick(person[gender], hashNumber(ordinal, 15));
  return {
    firstName,
    lastName: pick(person.last, hashNumber(ordinal, 11)),
    profilePic: null,
    language: person.locale.slice(0, 2),
    locale: person.locale,
    timezone: person.timezone,
    gender,
    phone: numbered(pick(person.phones, ordinal), ordinal),
    email: `${latin(firstName) || 'contact'}.${ordinal + 1}@example.com`,
    customerid: String(ordinal + 1),
    subscribed: hashNumber(ordinal, 12) % 4 !== 0,
  };
}

/** Returns a numeric ID as in the documents. Two in twelve are WhatsApp IDs: `60123456789`, `whatsapp:+60123456789`. */
function idOf(ordinal: number, { phones }: People): string {
  const phone = numbered(pick(phones, 0), ordinal);
  if (ordinal % 12 === 5) return phone.slice(1);
  if (ordinal % 12 === 7) return `whatsapp:${phone}`;
  return String(ID.first + ordinal * ID.step);
}

/** Replaces the seven # of a phone's form by digits that no other contact has. */
function numbered(phone: string, ordinal: number): string {
  const digits = String(1_000_000 + ordinal * 4);
  let place = 0;
  return phone.replaceAll('#', () => digits.charAt(place++));
}

function latin(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
}

function pick<T>(list: readonly T[], number: number): T {
  const picked = list[number % list.length];
  if (picked === undefined) throw new Error('Nothing to pick from.');
  return picked;
}

/** Returns a 32-bit number that looks random but is always the same for an ordinal and a salt. */
function hashNumber(ordinal: number, salt: number): number {
  let hash = Math.imul(ordinal + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
