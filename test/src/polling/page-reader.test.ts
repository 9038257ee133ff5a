import { describe, expect, it, jest } from '@jest/globals';
import { toPlatformError } from '../../../src/failures/failure.ts';
import { PageReader } from '../../../src/polling/page-reader.ts';

/** Sets up a poll that begins at 1,000.9 s of the local clock. `takes` has the milliseconds of each request. */
function start(takes: number[], answer: (request: number) => { serverTime?: number } = () => ({})) {
  let now = 1_000_900;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  let requests = 0;
  const empty = { contacts: [], entries: [], total: 0, lastPage: 1, perPage: 10 };
  const readPage = async () => {
    now += takes[requests] ?? 0;
    requests += 1;
    return { ...empty, ...answer(requests) };
  };
  const reader = new PageReader(readPage);
  /** Reads until the poll's limits stop it, and returns the number of pages. */
  const readAll = async (list = 'TRUE') => {
    const before = requests;
    for (let page = 1; page <= 100 && (await reader.read(list, page)); page += 1);
    return requests - before;
  };
  return { reader, readAll };
}

const throttled = toPlatformError({ kind: 'throttled', code: 'throttled', sentence: 'Too many.' });
const failing = (from: number, error: Error) => (request: number) => {
  if (request >= from) throw error;
  return {};
};

describe('a poll', () => {
  it('makes 50 requests at most, and half of it is spent after 25', async () => {
    const { reader, readAll } = start([]);
    for (let page = 1; page < 25; page += 1) await reader.read('TRUE', page);
    expect(reader.isSpent(1 / 2)).toBe(false);
    await reader.read('TRUE', 25);
    expect(reader.isSpent(1 / 2)).toBe(true);
    expect(reader.unserved.size).toBe(0);
    expect(await readAll()).toBe(25);
    expect([...reader.unserved]).toEqual(['TRUE']);
    expect(await readAll('FALSE')).toBe(0);
    expect([...reader.unserved]).toEqual(['TRUE', 'FALSE']);
  });

  it.each([
    [[5_000, 5_000, 5_000, 5_000, 5_000, 5_000], 5],
    [[5_000, 5_000, 5_000, 5_001, 5_000], 4],
    // After one slow answer, the next could be as slow, so the poll must stop earlier.
    [[9_000, 1_000, 3_000, 3_000, 3_000], 5],
    [[9_000, 1_000, 3_000, 3_001, 3_000], 4],
    [[9_000, 1_000, 6_001, 3_000], 3],
  ])('begins no request that may end after 25 seconds, where they take %j ms', async (takes, pages) => {
    expect(await start(takes).readAll()).toBe(pages);
  });

  it.each([
    [[6_250], false],
    [[6_251], true],
    [[4_000, 1_000, 3_500], false],
    [[4_000, 1_000, 3_501], true],
  ])('has half of its time spent after %j ms: %j', async (takes, expected) => {
    const { reader } = start(takes);
    for (const page of takes.keys()) await reader.read('TRUE', page);
    expect(reader.isSpent(1 / 2)).toBe(expected);
  });

  it('began, by the server’s clock, when the first request did', async () => {
    const { reader, readAll } = start([2_900, 100], (request) => ({ serverTime: 5_000 * request }));
    expect(reader.now).toBe(1_000);
    await readAll();
    expect([reader.serverStart, reader.now]).toEqual([4_998, 4_998]);
  });

  it('began, by the local clock, if the server’s first answer tells no time', async () => {
    const { reader, readAll } = start([100], (request) => (request === 1 ? {} : { serverTime: 5_000 }));
    await readAll();
    expect([reader.serverStart, reader.now]).toEqual([undefined, 1_000]);
  });

  it('ends at a 429, and what was read counts', async () => {
    const { reader, readAll } = start([], failing(3, throttled));
    expect(await readAll()).toBe(3);
    expect(reader.refusal).toBe(throttled);
    expect([...reader.unserved]).toEqual(['TRUE']);
    expect(await readAll('FALSE')).toBe(0);
  });

  it.each([
    [1, throttled],
    [3, new Error('It is broken.')],
  ])('fails if request %i fails with %s', async (from, error) => {
    const { reader, readAll } = start([], failing(from, error));
    await expect(readAll()).rejects.toBe(error);
    expect(reader.refusal).toBeUndefined();
  });

  it.each([
    [[], 1, 1],
    [['a'], 1, 0],
    [['b'], 1, 1],
    [['a', 'c'], 1, 2],
    [['a', 'b'], 2, 0],
    [['a', 'b'], 0, 1],
  ])(
    'of which %j did not get all and that began with list %i lets %i begin the next',
    async (lists, first, next) => {
      const { reader } = start([]);
      for (const list of lists) reader.unserved.add(list);
      expect(reader.next(['a', 'b', 'c'], first)).toBe(next);
    },
  );
});
