import { expect, it } from '@jest/globals';
import { type RunPart, SimulatedZap, searchOrCreate } from '../../../tools/zapier/simulated-zap.ts';

/** Returns an item for each letter, with the letter as its ID. */
const items = (ids: string) => [...ids].map((id) => ({ id }));
const idsOf = (of: readonly { id: string }[]) => of.map(({ id }) => id).join('');

/** Returns a Zap whose trigger returns one answer per poll, in order. If the answer is an error, it is thrown. */
function zapOf(answers: (object[] | Error)[], primaryKey?: string[]) {
  const runs: Parameters<RunPart>[] = [];
  const run: RunPart = async (...given) => {
    const answer = answers[runs.push(given) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { runs, zap: new SimulatedZap(run, 'triggers.some', { a: 1 }, primaryKey) };
}

it('a simulated Zap starts once for each item that is new since switch-on, until it is switched on again', async () => {
  const { zap } = zapOf([items('ab'), items('cab'), items('dca'), items('d'), items('cd')]);
  const on = await zap.switchOn();
  expect([idsOf(on.returned), on.fired, on.isPopulating]).toEqual(['ab', [], true]);
  const polls = [await zap.poll(), await zap.poll()];
  expect(polls.map(({ fired }) => idsOf(fired))).toEqual(['c', 'd']);
  expect(zap.polls).toEqual([on, ...polls]);
  await zap.switchOn();
  expect(zap.polls).toHaveLength(1);
  expect(idsOf((await zap.poll()).fired)).toBe('c');
});

it('a simulated Zap tells the trigger what each run is for, and does not count a sample as seen', async () => {
  const { zap, runs } = zapOf([[], items('a'), items('a')]);
  await zap.switchOn();
  expect(await zap.sample()).toEqual(items('a'));
  expect(idsOf((await zap.poll()).fired)).toBe('a');
  expect(zap.polls).toHaveLength(2);
  const given = (isPopulatingDedupe: boolean, isLoadingSample: boolean) => [
    'triggers.some',
    { inputData: { a: 1 }, meta: { isPopulatingDedupe, isLoadingSample } },
  ];
  expect(runs).toEqual([given(true, false), given(false, true), given(false, false)]);
});

it('a simulated Zap rejects if a poll fails, remembers that, and goes on with the next', async () => {
  const failure = new Error('The channel does not answer.');
  const { zap } = zapOf([items('a'), failure, items('ba')]);
  await zap.switchOn();
  await expect(zap.poll()).rejects.toBe(failure);
  expect(zap.polls.at(-1)).toEqual({ isPopulating: false, returned: [], fired: [], error: failure });
  expect(idsOf((await zap.poll()).fired)).toBe('b');
});

it('a simulated Zap knows items by all fields of the primary key together', async () => {
  const old = { id: 'a', version: '1' };
  const { zap } = zapOf([[old], [{ id: 'a', version: '2' }, old]], ['id', 'version']);
  await zap.switchOn();
  expect((await zap.poll()).fired).toEqual([{ id: 'a', version: '2' }]);
  await expect(zapOf([[{ name: 'Ana' }]]).zap.switchOn()).rejects.toThrow('expected string');
});

it.each([
  ['creates nothing if the search finds something', items('a'), items('a')],
  ['creates if it finds nothing, and tells the create of the search', [], { id: 'new' }],
])('search or create %s', async (_, found, expected) => {
  const runs: Parameters<RunPart>[] = [];
  const run: RunPart = async (...given) => {
    runs.push(given);
    return given[0] === 'creates.make' ? { id: 'new' } : found;
  };
  const inputData = { email: 'ana@example.com' };
  expect(await searchOrCreate(run, 'searches.find', 'creates.make', inputData)).toEqual(expected);
  const searched = ['searches.find', { inputData, meta: {} }];
  const created = ['creates.make', { inputData, meta: { withSearch: 'find' } }];
  expect(runs).toEqual(found.length > 0 ? [searched] : [searched, created]);
});
