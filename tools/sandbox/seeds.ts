import type { Contact, FieldValue } from './contact.ts';
import { hashNumber } from './hash.ts';
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

/** Seeded contacts, each computed from its ordinal (0 is the oldest) whenever it is asked for; none is held. */
export class Seeds {
  readonly count: number;
  readonly #seconds: number;

  /** @param until Unix seconds; contacts are spread evenly from the sample's time to this one. */
  constructor(count: number, until: number) {
    this.count = count;
    this.#seconds = Math.max(0, until - SAMPLE.created_at);
  }

  at(ordinal: number): Contact {
    const fields: Record<string, FieldValue> = {};
    for (const [name, compute] of FIELDS) fields[name] = compute(ordinal);
    return {
      id: this.idAt(ordinal),
      custom_fields: fields,
      tags: TAGS.filter((_, place) => hashNumber(ordinal, place) % 4 === 0),
      created_at: this.createdAt(ordinal),
    };
  }

  idAt(ordinal: number): string {
    return String(ID.first + ordinal * ID.step);
  }

  createdAt(ordinal: number): number {
    return SAMPLE.created_at + Math.floor((this.#seconds * ordinal) / this.count);
  }

  /** One field without the rest of the contact, for building an index over a million of them. */
  valueAt(ordinal: number, field: string): FieldValue | undefined {
    return FIELDS.get(field)?.(ordinal);
  }

  ordinalOf(id: string): number | undefined {
    const ordinal = (Number(id) - ID.first) / ID.step;
    return this.#has(ordinal) && this.idAt(ordinal) === id ? ordinal : undefined;
  }

  /** Whether seeded contacts share values of this field, so that finding them takes an index, not a formula. */
  isShared(field: string): boolean {
    return FIELDS.has(field) && !ORDINALS.has(field);
  }

  /** The one contact that may have this value of an unshared field. The caller compares the whole value. */
  ordinalBy(field: string, value: string): number | undefined {
    const ordinal = ORDINALS.get(field)?.(value);
    return this.#has(ordinal) ? ordinal : undefined;
  }

  #has(ordinal: number | undefined): ordinal is number {
    return Number.isInteger(ordinal) && Number(ordinal) >= 0 && Number(ordinal) < this.count;
  }
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

/** How to get back from a value that only one contact has to its ordinal. */
const ORDINALS = new Map<string, (value: string) => number>([
  ['phone', (value) => (Number(value.slice(-PHONE.digits)) - PHONE.first) / PHONE.step],
  ['email', (value) => Number(/(\d+)@/.exec(value)?.[1]) - 1],
  ['customerid', (value) => Number(value) - 1],
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
