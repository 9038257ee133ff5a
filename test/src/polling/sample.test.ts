import { expect, it, jest } from '@jest/globals';
import { readSample } from '../../../src/sample/sample.ts';
import { contact } from '../../support/zap.ts';

const count = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);

interface Told {
  total?: number;
  perPage?: number;
}

/** Returns a sample's IDs and the pages read for it. `lists` has IDs in the API's order; each ID is also the day of creation. */
async function sampleOf(lists: Record<string, number[]>, { isCounted = true, size = 10, seconds = 0 } = {}) {
  const read: string[] = [];
  let now = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const readPage = async (list: string, page: number) => {
    read.push(`${list}${page}`);
    now += seconds * 1000;
    const ids = lists[list] ?? [];
    const contacts = ids.slice((page - 1) * size, page * size).map((day) => ({
      ...contact,
      id: String(day),
      created_at: new Date(day * 86_400_000).toISOString(),
    }));
    const told: Told = isCounted ? { total: ids.length, perPage: size } : {};
    return { contacts, entries: contacts, lastPage: undefined, total: told.total, perPage: told.perPage };
  };
  const sample = await readSample(readPage, Object.keys(lists));
  return { sample: sample.map(({ id }) => Number(id)), read };
}

const upTo = (newest: number) => count(10, newest - 9).reverse();
const shuffled = (length: number) =>
  count(length).sort((a, b) => ((a * 7919) % 104_729) - ((b * 7919) % 104_729));

it.each([
  ['one page of any order', { a: [3, 5, 4, 6] }, {}, [6, 5, 4, 3], ['a1']],
  ['no contact at all', { a: [], b: [] }, {}, [], ['a1', 'b1']],
  ['a contact of another value', { a: [], b: [1] }, {}, [1], ['a1', 'b1']],
  ['both values, and a contact in both once', { a: [1, 5, 2], b: [4, 5] }, {}, [5, 4, 2, 1], ['a1', 'b1']],
  ['a list, oldest first', { a: count(95) }, {}, upTo(94), ['a1', 'a10', 'a9']],
  ['a list, newest first', { a: count(95).reverse() }, {}, upTo(94), ['a1', 'a10']],
  ['lists of both orders', { a: count(40), b: count(95).reverse() }, {}, upTo(94), ['a1', 'b1', 'a4', 'b10']],
  ['all of a list in no order', { a: shuffled(45) }, {}, upTo(44), ['a1', 'a5', 'a2', 'a3', 'a4']],
  ['a list that is not counted', { a: count(25) }, { isCounted: false }, upTo(24), ['a1', 'a2', 'a3']],
  ['small pages', { a: count(12).reverse() }, { size: 4 }, upTo(11), ['a1', 'a3', 'a2']],
])('a sample shows %s', async (_, lists, options, sample, read) => {
  expect(await sampleOf(lists, options)).toEqual({ sample, read });
});

it('a sample takes 20 requests, each list in its turn, and 10 seconds', async () => {
  const lists = Object.fromEntries(count(10).map((list) => [`list ${list} page `, shuffled(95)]));
  const { read } = await sampleOf(lists);
  expect(read).toEqual([1, 10].flatMap((page) => count(10).map((list) => `list ${list} page ${page}`)));
  expect((await sampleOf({ a: shuffled(400) })).read).toHaveLength(20);
  expect((await sampleOf({ a: shuffled(400) }, { seconds: 2 })).read).toHaveLength(5);
});

it('a sample shows what was read if a later page fails, and fails if a first page does', async () => {
  const page = { contacts: [contact], entries: [contact], total: 2, perPage: 1, lastPage: undefined };
  const failing = (list: string, number: number) => async (value: string, asked: number) => {
    if (value === list && asked === number) throw new Error('no');
    return page;
  };
  expect(await readSample(failing('a', 2), ['a', 'b'])).toEqual([contact]);
  await expect(readSample(failing('b', 1), ['a', 'b'])).rejects.toThrow('no');
});
