import { expect, it } from '@jest/globals';
import { readSample } from '../../../src/polling/sample.ts';
import { contact } from '../../support/zap.ts';

/** The IDs of a sample, and the pages that were read for it. `created_at` is the ID. */
async function sampleOf(pages: Record<string, number[]>, meta: { total?: number; perPage?: number } = {}) {
  const read: string[] = [];
  const readPage = async (list: string, page: number) => {
    read.push(`${list} ${page}`);
    const contacts = (pages[`${list} ${page}`] ?? []).map((age) => ({
      ...contact,
      id: String(age),
      created_at: String(age),
    }));
    return { contacts, entries: contacts, total: meta.total, perPage: meta.perPage, lastPage: undefined };
  };
  const sample = await readSample(readPage, ['a', 'b']);
  return { sample: sample.map(({ id }) => id), read };
}

it.each([
  ['one page, newest first', { 'a 1': [3, 5, 4, 6] }, { total: 4, perPage: 10 }, ['6', '5', '4'], ['a 1']],
  [
    'the first and the last page',
    { 'a 1': [1, 2], 'a 3': [5] },
    { total: 5, perPage: 2 },
    ['5', '2', '1'],
    ['a 1', 'a 3'],
  ],
  ['as many a page as came', { 'a 1': [1, 2], 'a 2': [3] }, { total: 3 }, ['3', '2', '1'], ['a 1', 'a 2']],
  ['the second list where the first is empty', { 'b 1': [1] }, { total: 0 }, ['1'], ['a 1', 'b 1']],
  ['no second page where no total is told', { 'a 1': [1] }, {}, ['1'], ['a 1']],
  ['no list more than two', {}, {}, [], ['a 1', 'b 1']],
])('a sample: %s', async (_, pages, meta, sample, read) => {
  expect(await sampleOf(pages, meta)).toEqual({ sample, read });
});
