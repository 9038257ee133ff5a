import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import type { Order } from '../../../tools/sandbox/settings.ts';
import { type Contact, MAX_SEEDED, Store } from '../../../tools/sandbox/store.ts';
import { start } from './client.ts';

const NOW = 1_700_000_000;
const storeOf = (contacts: number) => new Store({ contacts, now: () => NOW, changed: () => {} });
const everyOne = (store: Store) => store.list({ limit: 1000 });

test('seeded contacts are the same every time, spread over the past, and found by each of their fields', () => {
  const store = storeOf(200);
  const contacts = everyOne(store);
  expect(everyOne(storeOf(200))).toEqual(contacts);
  const times = [NOW, ...contacts.map(({ created_at }) => created_at)];
  expect(times).toEqual([...new Set(times)].sort((a, b) => b - a));
  for (const contact of contacts) {
    expect(store.get(contact.id)).toEqual(contact);
    for (const [field, value] of Object.entries(contact.custom_fields)) {
      const found = store.findByField(field, String(value)).some(({ id }) => id === contact.id);
      expect({ field, found }).toEqual({ field, found: value !== null });
    }
  }
});

test('seeded names, phones and IDs are of every kind: the newest ten in Latin script, no phone twice', () => {
  const contacts = everyOne(storeOf(1000));
  const names = contacts.map(({ custom_fields: { firstName, lastName } }) => `${firstName} ${lastName}`);
  for (const name of names.slice(0, 10)) expect(name).toMatch(/^[\p{Script=Latin} '-]{5,30}$/u);
  const phones = contacts.map(({ custom_fields: { phone } }) => String(phone));
  expect(new Set(phones.map((phone) => phone.replaceAll(/\D/g, ''))).size).toBe(1000);
  const texts = [...names, ...phones, ...contacts.map(({ id }) => id)];
  const kinds = [
    ...[/\p{Script=Arabic}/u, /\p{Script=Devanagari}/u, /\p{Script=Han}/u, /^\D{60}/, /^whatsapp:\+60\d{9}$/],
    ...[/^\+60\d{9}$/, /^60\d{9}$/, /^\+60 12-\d{3} \d{4}$/, /^012-\d{3} \d{4}$/],
    ...[/^\+521\d{10}$/, /^52\d{10}$/, /^549\d{10}$/, /^54\d{10}$/, /^\+55119\d{8}$/, /^5511\d{8}$/],
  ];
  expect(kinds.filter((kind) => !texts.some((text) => kind.test(text)))).toEqual([]);
});

test('what cannot be is refused, and a new ID is one that is free', () => {
  expect(() => storeOf(-1)).toThrow('contacts must be a whole number');
  expect(() => storeOf(MAX_SEEDED + 1)).toThrow('contacts must be a whole number');
  const store = storeOf(1);
  expect(() => store.add({ id: '1776025372480910' })).toThrow('already');
  expect(() => store.add({ created_at: Date.now() })).toThrow('Unix seconds');
  expect(() => store.update('none', {})).toThrow('no such contact');
  expect(() => store.send('none', { type: 'text', text: 'A' })).toThrow('no such contact');
  store.add({ id: 'cus_112233344555' });
  expect(store.add().id).toBe('cus_112233344556');
});

test('the list is newest first and is searched by any text, whatever its case and accents', () => {
  const store = storeOf(0);
  store.add({ id: 'a', custom_fields: { firstName: 'Lucía', vip: true }, tags: ['Blog Updates'] });
  store.add({ id: 'b', custom_fields: { firstName: 'Jose', note: '100% [x]_y' } });
  const ids = (text: string, limit = 10) => store.list({ text, limit }).map(({ id }) => id);
  expect([ids(''), ids('', 1), ids('xyz'), ids('0_')]).toEqual([['b', 'a'], ['b'], [], []]);
  for (const text of ['LUCÍA', 'lucia', 'Lucía'.normalize('NFD'), 'blog']) expect(ids(text)).toEqual(['a']);
  for (const text of ['josé', '100%', '[X]_Y']) expect(ids(text)).toEqual(['b']);
});

test('a search finds the contacts that have the value now, whatever was written before', () => {
  const store = storeOf(0);
  const values = ['TRUE', true, 'true', 'Gold', 'gold', null];
  const ids = values.map((plan, n) => store.add({ custom_fields: { plan }, created_at: NOW + n }).id);
  const [first = '', second = '', third = '', fourth = ''] = ids;
  const page = (value: string, order: Order, size = 10) =>
    store.page({ field: 'plan', value, order }, 1, size).contacts.map(({ id }) => id);
  expect(page('True', 'newest_first')).toEqual([third, second, first]);
  expect(page('TRUE', 'oldest_first', 2)).toEqual([first, second]);
  expect([page('Gold', 'newest_first'), page('null', 'newest_first')]).toEqual([[fourth], []]);
  store.update(second, { plan: 'Gold' });
  store.update(first, { name: 'Ana' });
  store.delete(third);
  expect(page('true', 'newest_first')).toEqual([first]);
  expect(page('Gold', 'newest_first')).toEqual([fourth, second]);
});

test('names and values of any kind are found as they were written, and answered as they were', () => {
  const store = storeOf(0);
  const names = ['', '$', 'a.b', 'a"b', "a'b", '[0]', '__proto__', 'a\u0000b'];
  const values = [7, -0, 1e21, 1e-7, true, 'tRuE', '"q"', ' ', 'x\u0000y', '12345678901234567890'];
  for (const [name, value] of names.flatMap((name) => values.map((value) => [name, value] as const))) {
    const contact = store.add({ custom_fields: Object.fromEntries([[name, value]]) });
    expect(JSON.stringify(store.findByField(name, String(value))[0])).toBe(JSON.stringify(contact));
  }
});

test('a data file keeps contacts and messages, is not seeded again, and is used by one sandbox at a time', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'channel.db');
  const open = (contacts: number) => new Store({ contacts, data, now: () => NOW, changed: () => {} });
  const first = open(100);
  const { id } = first.add({ custom_fields: { plan: 'Gold' }, tags: ['VIP'] });
  const sent = first.send(id, { type: 'text', text: 'Hi' }, true);
  expect(() => open(100)).toThrow('database is locked');
  first.close();

  const second = open(5);
  expect([second.count(), second.messagesOf(id)]).toEqual([101, [sent]]);
  second.delete(id);
  expect([second.count(), second.messagesOf(id), second.findByField('plan', 'Gold')]).toEqual([100, [], []]);
  second.close();

  const other = new DatabaseSync(data);
  other.exec('PRAGMA user_version = 7');
  other.close();
  expect(() => open(1)).toThrow('no file of this version');
  writeFileSync(data, 'This is no database.'.repeat(100));
  expect(() => open(1)).toThrow('not a database');
  rmSync(dirname(data), { recursive: true });
});

test('pages hold ten, link to their neighbours without the filter, and end empty', async () => {
  const { get, sandbox } = await start({ contacts: 0 });
  for (let number = 1; number <= 25; number++) {
    sandbox.store.add({ id: `c${number}`, created_at: number, custom_fields: { vip: true } });
  }
  const search = async (value: string, page: number) => {
    const { body } = await get(`/contact/by_custom_field?name=vip&value=${value}&page=${page}`);
    const { data, links, meta } = Object(body);
    return { ids: data.map(({ id }: Contact) => id), links, meta };
  };
  const path = `${sandbox.url}/api/v1/contact/by_custom_field`;
  const link = (page: number) => `${path}?page=${page}`;
  const ends = { first: link(1), last: link(3) };
  const meta = { last_page: 3, path, per_page: 10, total: 25 };
  expect(await search('TRUE', 2)).toEqual({
    ids: ['c15', 'c14', 'c13', 'c12', 'c11', 'c10', 'c9', 'c8', 'c7', 'c6'],
    links: { ...ends, prev: link(1), next: link(3) },
    meta: { ...meta, current_page: 2, from: 11, to: 20 },
  });
  expect(await search('true', 7)).toEqual({
    ids: [],
    links: { ...ends, prev: link(6), next: null },
    meta: { ...meta, current_page: 7, from: null, to: null },
  });
  expect((await search('FALSE', 1)).meta).toMatchObject({ current_page: 1, last_page: 1, total: 0 });
  sandbox.configure({ order: 'shuffled' });
  const shuffled = [...(await search('TRUE', 1)).ids, ...(await search('TRUE', 2)).ids];
  expect(new Set(shuffled).size).toBe(20);
  expect(shuffled).not.toEqual(shuffled.toSorted());
});
