import { expect, test } from '@jest/globals';
import * as schema from 'zod';
import { type Client, start } from './client.ts';

const page = schema.object({
  data: schema.array(schema.object({ id: schema.string() })),
  links: schema.record(schema.string(), schema.string().nullable()),
  meta: schema.record(schema.string(), schema.union([schema.string(), schema.number()]).nullable()),
});

async function search({ get }: Client, query: string) {
  const { body } = await get(`/contact/by_custom_field?${query}`);
  const { data, links, meta } = page.parse(body);
  return { ids: data.map(({ id }) => id), links, meta };
}

async function withContacts(count: number): Promise<Client> {
  let clock = 1_700_000_000;
  const client = await start({ contacts: 0, now: () => clock++ });
  for (let number = 1; number <= count; number++) {
    client.sandbox.store.add({ id: `c${number}`, custom_fields: { vip: true } });
  }
  return client;
}

test('pages hold ten, newest first, and link to their neighbours without the filter', async () => {
  const client = await withContacts(25);
  const path = `${client.sandbox.url}/api/v1/contact/by_custom_field`;
  const { ids, links, meta } = await search(client, 'name=vip&value=TRUE&page=2');
  expect(ids).toEqual(['c15', 'c14', 'c13', 'c12', 'c11', 'c10', 'c9', 'c8', 'c7', 'c6']);
  expect(links).toEqual({
    first: `${path}?page=1`,
    last: `${path}?page=3`,
    prev: `${path}?page=1`,
    next: `${path}?page=3`,
  });
  expect(meta).toEqual({ current_page: 2, from: 11, last_page: 3, path, per_page: 10, to: 20, total: 25 });
  expect((await search(client, 'name=vip&value=TRUE&page=3')).meta).toMatchObject({ from: 21, to: 25 });
});

test('a page past the end is empty', async () => {
  const client = await withContacts(25);
  const path = `${client.sandbox.url}/api/v1/contact/by_custom_field`;
  const { ids, links, meta } = await search(client, 'name=vip&value=TRUE&page=7');
  expect(ids).toEqual([]);
  expect(links).toMatchObject({ last: `${path}?page=3`, prev: `${path}?page=6`, next: null });
  expect(meta).toMatchObject({ current_page: 7, from: null, last_page: 3, to: null, total: 25 });
});

test('a search that finds nothing has one empty page', async () => {
  const { ids, links, meta } = await search(await withContacts(1), 'name=vip&value=FALSE');
  expect(ids).toEqual([]);
  expect(links).toMatchObject({ prev: null, next: null });
  expect(meta).toMatchObject({ current_page: 1, from: null, last_page: 1, to: null, total: 0 });
});

test('results come in the order that is set', async () => {
  const client = await withContacts(10);
  const newest = (await search(client, 'name=vip&value=TRUE')).ids;
  client.sandbox.configure({ order: 'oldest_first' });
  expect((await search(client, 'name=vip&value=TRUE')).ids).toEqual([...newest].reverse());
  client.sandbox.configure({ order: 'shuffled' });
  const shuffled = (await search(client, 'name=vip&value=TRUE')).ids;
  expect([...shuffled].sort()).toEqual([...newest].sort());
  expect(shuffled).not.toEqual(newest);
  expect(shuffled).not.toEqual([...newest].reverse());
  client.sandbox.store.add({ id: 'other', custom_fields: { vip: true } });
  client.sandbox.store.delete('other');
  expect((await search(client, 'name=vip&value=TRUE')).ids).toEqual(shuffled);
});

test('newest is by created_at, then by arrival', async () => {
  const client = await start({ contacts: 0 });
  for (const [id, created_at] of Object.entries({ b: 200, a: 100, c: 300, b2: 200 })) {
    client.sandbox.store.add({ id, created_at, custom_fields: { x: '1' } });
  }
  expect((await search(client, 'name=x&value=1')).ids).toEqual(['c', 'b2', 'b', 'a']);
});

test('booleans match whatever their case; other text must be the same', async () => {
  const client = await start({ contacts: 0 });
  const { store } = client.sandbox;
  store.add({ id: 'real', custom_fields: { vip: true } });
  store.add({
    id: 'text',
    custom_fields: { vip: 'True', plan: 'Gold', phone: '+60 12', score: 7, none: null },
  });
  for (const value of ['TRUE', 'true', 'True']) {
    expect((await search(client, `name=vip&value=${value}`)).ids).toEqual(['text', 'real']);
  }
  expect((await search(client, 'name=plan&value=Gold')).ids).toEqual(['text']);
  expect((await search(client, 'name=plan&value=gold')).ids).toEqual([]);
  expect((await search(client, 'name=phone&value=%2B60+12')).ids).toEqual(['text']);
  expect((await search(client, 'name=score&value=7')).ids).toEqual(['text']);
  expect((await search(client, 'name=none&value=null')).ids).toEqual([]);
  expect((await search(client, 'name=constructor&value=x')).ids).toEqual([]);
});
