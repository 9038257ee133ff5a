import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod';
import type { Contact, FieldValue } from '../../../tools/sandbox/contact.ts';
import { MAX_SEEDED, Store } from '../../../tools/sandbox/store.ts';
import { start } from './client.ts';

const NOW = 1_700_000_000;

function storeOf(contacts: number): Store {
  return new Store({ contacts, now: () => NOW, changed: () => {} });
}

/** Every contact, newest first, without an index of any field. */
const everyOne = (store: Store) => store.list({ limit: 1000 });

test('seeded contacts are the same every time, spread over the past, and found by ID', () => {
  const store = storeOf(200);
  const contacts = everyOne(store);
  expect(everyOne(storeOf(200))).toEqual(contacts);
  expect(new Set(contacts.map(({ id }) => id)).size).toBe(200);
  expect(new Set(contacts.map(({ custom_fields }) => custom_fields.locale)).size).toBe(11);
  const times = contacts.map(({ created_at }) => created_at);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(Math.max(...times)).toBeLessThan(NOW);
  for (const contact of contacts) expect(store.get(contact.id)).toEqual(contact);
});

test('every field of a seeded contact finds it', () => {
  const store = storeOf(50);
  for (const contact of everyOne(store)) {
    for (const [field, value] of Object.entries(contact.custom_fields)) {
      const found = store.findByField(field, String(value));
      expect(found.some(({ id }) => id === contact.id)).toBe(value !== null);
    }
  }
});

const nameOf = ({ custom_fields: { firstName, lastName } }: Contact) => `${firstName} ${lastName}`;

test('the newest ten have names that every machine can show; others follow, from right to left and long ones too', () => {
  for (const count of [12, 1000]) {
    const names = storeOf(count).list({ limit: 10 }).map(nameOf);
    expect(names).toHaveLength(10);
    for (const name of names) expect(name).toMatch(/^[\p{Script=Latin} '-]{5,30}$/u);
  }
  const names = everyOne(storeOf(1000)).map(nameOf);
  for (const script of [
    /\p{Script=Arabic}/u,
    /\p{Script=Devanagari}/u,
    /\p{Script=Han}/u,
    /\p{Script=Cyrillic}/u,
  ]) {
    expect(names.some((name) => script.test(name))).toBe(true);
  }
  expect(Math.max(...names.map((name) => name.length))).toBeGreaterThan(60);
});

test('phones are saved in every form in which people save them, and no two are the same', () => {
  const contacts = everyOne(storeOf(1000));
  const phones = contacts.map(({ custom_fields: { phone } }) => String(phone));
  const forms = {
    plus: /^\+60\d{9}$/,
    digits: /^60\d{9}$/,
    spaces: /^\+60 12-\d{3} \d{4}$/,
    national: /^012-\d{3} \d{4}$/,
    mexicoWithOne: /^\+521\d{10}$/,
    mexicoWithoutOne: /^52\d{10}$/,
    argentinaWithNine: /^549\d{10}$/,
    argentinaWithoutNine: /^54\d{10}$/,
    brazilWithNinthDigit: /^\+55119\d{8}$/,
    brazilWithoutNinthDigit: /^5511\d{8}$/,
  };
  for (const [form, pattern] of Object.entries(forms)) {
    expect({ form, found: phones.some((phone) => pattern.test(phone)) }).toEqual({ form, found: true });
  }
  expect(new Set(phones.map((phone) => phone.replaceAll(/\D/g, ''))).size).toBe(1000);
  for (const id of [/^60\d{9}$/, /^whatsapp:\+60\d{9}$/, /^521\d{10}$/]) {
    expect(contacts.some((contact) => id.test(contact.id))).toBe(true);
  }
});

test('values that nearly are those of a seeded contact find none', () => {
  const store = storeOf(50);
  const [newest] = everyOne(store);
  for (const field of ['phone', 'email', 'customerid']) {
    const value = String(newest?.custom_fields[field]);
    expect(store.findByField(field, value)).toEqual([newest]);
    for (const near of [`0${value}`, `${value} `, value.slice(1), `x${value}`]) {
      expect(store.findByField(field, near)).toEqual([]);
    }
  }
});

test('what cannot be is refused', () => {
  expect(() => storeOf(-1)).toThrow('contacts must be a whole number');
  expect(() => storeOf(MAX_SEEDED + 1)).toThrow('contacts must be a whole number');
  const store = storeOf(1);
  expect(() => store.add({ id: '1776025372480910' })).toThrow('already');
  expect(() => store.add({ created_at: Date.now() })).toThrow('Unix seconds');
  expect(() => store.add({ created_at: 1.5 })).toThrow('Unix seconds');
  expect(() => store.update('none', {})).toThrow('no such contact');
  expect(() => store.send('none', { type: 'text', text: 'A' })).toThrow('no such contact');
});

test('a new ID is one that is free', () => {
  const store = storeOf(0);
  store.add({ id: 'cus_112233344555' });
  expect(store.add().id).toBe('cus_112233344556');
});

test('the list is newest first and filters by any text, whatever its case', () => {
  const store = storeOf(0);
  store.add({ id: 'a', custom_fields: { firstName: 'Lucía', vip: true }, tags: ['Blog Updates'] });
  store.add({ id: 'b', custom_fields: { firstName: 'Mahin' } });
  const ids = (text: string, limit = 10) => store.list({ text, limit }).map(({ id }) => id);
  expect(ids('')).toEqual(['b', 'a']);
  expect(ids('', 1)).toEqual(['b']);
  expect(ids('LUCÍA')).toEqual(['a']);
  expect(ids('blog')).toEqual(['a']);
  expect(ids('xyz')).toEqual([]);
});

test('a deleted contact is gone, with its conversation, and its ID is free', () => {
  const store = storeOf(3);
  const id = '1776025372480910';
  store.send(id, { type: 'text', text: 'A' });
  store.delete(id);
  expect(store.get(id)).toBeUndefined();
  expect(store.messagesOf(id)).toEqual([]);
  expect(store.findByField('firstName', 'Mahin')).toEqual([]);
  expect(store.list()).toHaveLength(2);
  expect(store.add({ id })).toMatchObject({ id, tags: [] });
  expect(store.get(id)).toMatchObject({ created_at: NOW });
});

const FIELDS = ['subscribed', 'gender', 'phone', 'plan'];
const VALUES = [true, false, 'TRUE', 'male', '1', 1, null];

/** What a search is to find, newest first, by looking at every contact. */
function scan(store: Store, field: string, value: FieldValue): Contact[] {
  const wanted = String(value).toLowerCase();
  return everyOne(store).filter(({ custom_fields: { [field]: held = null } }) => {
    return held !== null && value !== null && String(held).toLowerCase() === wanted;
  });
}

function expectPages(store: Store, field: string, value: FieldValue): void {
  const where = { field, value: String(value) };
  const expected = scan(store, field, value);
  const total = expected.length;
  expect(store.findByField(where.field, where.value)).toEqual(expected);
  expect(store.page({ where, order: 'newest_first' }, 1)).toEqual({ total, contacts: expected.slice(0, 10) });
  const oldest = [...expected].reverse();
  expect(store.page({ where, order: 'oldest_first' }, 2)).toEqual({ total, contacts: oldest.slice(10, 20) });
  const shuffled = [1, 2, 3, 4].flatMap((page) => store.page({ where, order: 'shuffled' }, page).contacts);
  expect(shuffled).toHaveLength(total);
  expect(new Set(shuffled.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
}

interface Write {
  kind: 'add' | 'update' | 'delete' | 'search';
  field: string;
  value: FieldValue;
  place: number;
}

function apply(store: Store, { kind, field, value, place }: Write): void {
  const id = everyOne(store)[place]?.id ?? store.add().id;
  if (kind === 'add') store.add({ custom_fields: { [field]: value }, created_at: NOW - place });
  if (kind === 'update') store.update(id, { [field]: value });
  if (kind === 'delete') store.delete(id);
  if (kind === 'search') expectPages(store, field, value);
}

test('indexes agree with a plain scan after any writes, whenever they were built', () => {
  const write = fc.record<Write>({
    kind: fc.constantFrom('add', 'update', 'delete', 'search'),
    field: fc.constantFrom(...FIELDS),
    value: fc.constantFrom(...VALUES),
    place: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
      const store = storeOf(12);
      for (const each of writes) apply(store, each);
      for (const field of FIELDS) for (const value of VALUES) expectPages(store, field, value);
    }),
  );
});

test('names and values of any kind are found as they were written, and answered as they were', () => {
  const store = storeOf(0);
  const names = ['plan', '', '$', 'a.b', 'a"b', "a'b", 'a\\b', '[0]', '1', '__proto__', 'é', 'a\u0000b'];
  const values = [7, -0, 1e21, 1e-7, 0.1 + 0.2, true, 'tRuE', '"q"', ' ', 'x\u0000y', '12345678901234567890'];
  for (const name of names) {
    for (const value of values) {
      const custom_fields = Object.fromEntries([[name, value]]);
      const { id } = store.add({ custom_fields });
      const [found] = store.findByField(name, String(value));
      expect(found?.id).toBe(id);
      expect(JSON.stringify(found?.custom_fields)).toBe(JSON.stringify(custom_fields));
    }
  }
});

test('a search by text says whether it found more, and leaves time for other work', async () => {
  const store = storeOf(25_000);
  expect(await store.find({ text: 'EXAMPLE.com', limit: 3 })).toEqual({
    contacts: store.list({ limit: 3 }),
    more: true,
  });
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  expect(await store.find({ text: 'mahin' })).toEqual({
    contacts: [store.get('1776025372480910')],
    more: false,
  });
  clearInterval(counting);
  expect(turns).toBeGreaterThan(0);
});

test.each(['*', '?', '[', ']', '[a-z]', 'x\0y', 'ÉÑ', '%', "'"])(
  'a search by %j finds that text alone',
  async (text) => {
    const store = storeOf(12);
    store.add({ custom_fields: { note: 'xy anything é n' } });
    const contact = store.add({ custom_fields: { note: `before ${text} after`, zone: 'later' } });
    expect(await store.find({ text })).toEqual({ contacts: [contact], more: false });
    expect(await store.find({ text: `${text} AFTER\n` })).toEqual({ contacts: [contact], more: false });
  },
);

test('a data file keeps contacts and messages, and is not seeded again', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'channel.db');
  const open = (contacts: number) => new Store({ contacts, data, now: () => NOW, changed: () => {} });
  const first = open(100);
  const { id } = first.add({ custom_fields: { plan: 'Gold' }, tags: ['VIP'] });
  first.page({ where: { field: 'plan', value: 'Gold' }, order: 'shuffled' }, 1);
  const sent = first.send(id, { type: 'text', text: 'Hi \ud800' }, true);
  expect(() => open(100)).toThrow('database is locked');
  first.close();

  const second = open(5);
  expect(() => open(5)).toThrow('database is locked');
  expect(second.count()).toBe(101);
  expect(second.messagesOf(id)).toEqual([sent]);
  const newest = second.add({ custom_fields: { plan: 'Gold' } });
  expect(second.page({ where: { field: 'plan', value: 'Gold' }, order: 'shuffled' }, 1).total).toBe(2);
  expect(second.findByField('plan', 'Gold').map((contact) => contact.id)).toEqual([newest.id, id]);
  second.close();

  const other = new DatabaseSync(data);
  other.exec('PRAGMA user_version = 7');
  other.close();
  expect(() => open(1)).toThrow('no file of this version');
  writeFileSync(data, 'This is no database.'.repeat(100));
  expect(() => open(1)).toThrow('not a database');
  rmSync(dirname(data), { recursive: true });
});

test('of twenty thousand contacts every page is what it should be', async () => {
  const { get, sandbox } = await start({ contacts: 20_000, rateLimits: false, now: () => NOW });
  const subscribed = sandbox.store.findByField('subscribed', 'true');
  const ten = async (page: number) => {
    const { body } = await get(`/contact/by_custom_field?name=subscribed&value=TRUE&page=${page}`);
    return schema.object({ data: schema.array(schema.unknown()) }).parse(body).data;
  };
  const { length } = subscribed;
  for (const page of [1, 2, 777, Math.ceil(length / 10)]) {
    const from = (page - 1) * 10;
    sandbox.configure({ order: 'newest_first' });
    expect(await ten(page)).toEqual(subscribed.slice(from, from + 10));
    sandbox.configure({ order: 'oldest_first' });
    expect(await ten(page)).toEqual(
      subscribed.slice(Math.max(0, length - from - 10), length - from).reverse(),
    );
  }
  expect(length).toBeGreaterThan(14_000);
});
