import { describe, expect, it } from '@jest/globals';
import App from '../../../index.ts';
import {
  primaryKeyOf,
  type RunPart,
  SimulatedZap,
  searchOrCreate,
} from '../../../tools/zapier/simulated-zap.ts';

const items = (...ids: string[]) => ids.map((id) => ({ id }));
const idsOf = (of: readonly { id: string }[]) => of.map(({ id }) => id);

/** A Zap whose trigger answers with these, poll by poll; an error is thrown. */
function zapOf(answers: (object[] | Error)[], primaryKey?: string[]) {
  const runs: Parameters<RunPart>[] = [];
  const run: RunPart = async (...given) => {
    const answer = answers[runs.push(given) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { runs, zap: new SimulatedZap(run, 'triggers.some', { a: 1 }, primaryKey) };
}

describe('a simulated Zap', () => {
  it('starts once for each item that the poll at switch-on did not return', async () => {
    const { zap } = zapOf([items('a', 'b'), items('c', 'a', 'b'), items('d', 'c', 'a')]);
    const on = await zap.switchOn();
    expect([idsOf(on.returned), on.fired, on.isPopulating]).toEqual([['a', 'b'], [], true]);
    const polls = [await zap.poll(), await zap.poll()];
    expect(polls.map(({ fired }) => idsOf(fired))).toEqual([['c'], ['d']]);
    expect(zap.polls).toEqual([on, ...polls]);
  });

  it('tells the trigger what each run is for', async () => {
    const { zap, runs } = zapOf([[], [], []]);
    await zap.switchOn();
    await zap.poll();
    await zap.sample();
    const metas = [
      { isPopulatingDedupe: true, isLoadingSample: false },
      { isPopulatingDedupe: false, isLoadingSample: false },
      { isPopulatingDedupe: false, isLoadingSample: true },
    ];
    expect(runs).toEqual(metas.map((meta) => ['triggers.some', { inputData: { a: 1 }, meta }]));
  });

  it('does not count a sample as seen', async () => {
    const { zap } = zapOf([[], items('a'), items('a')]);
    await zap.switchOn();
    expect(await zap.sample()).toEqual(items('a'));
    expect(idsOf((await zap.poll()).fired)).toEqual(['a']);
    expect(zap.polls).toHaveLength(2);
  });

  it('rejects where a poll fails, remembers that, and goes on with the next', async () => {
    const failure = new Error('The channel does not answer.');
    const { zap } = zapOf([items('a'), failure, items('b', 'a')]);
    await zap.switchOn();
    await expect(zap.poll()).rejects.toBe(failure);
    expect(zap.polls.at(-1)).toEqual({ isPopulating: false, returned: [], fired: [], error: failure });
    expect(idsOf((await zap.poll()).fired)).toEqual(['b']);
  });

  it('has forgotten everything when it is switched on again', async () => {
    const { zap } = zapOf([items('a', 'b'), items('a'), items('b', 'a')]);
    await zap.switchOn();
    await zap.switchOn();
    expect(zap.polls).toHaveLength(1);
    expect(idsOf((await zap.poll()).fired)).toEqual(['b']);
  });

  it('knows items by all fields of the primary key together', async () => {
    const old = { id: 'a', version: '1' };
    const { zap } = zapOf([[old], [{ id: 'a', version: '2' }, old]], ['id', 'version']);
    await zap.switchOn();
    expect((await zap.poll()).fired).toEqual([{ id: 'a', version: '2' }]);
  });

  it('rejects what is no list of items', async () => {
    await expect(zapOf([[{ name: 'Ana' }]]).zap.switchOn()).rejects.toThrow('expected string');
  });
});

describe('the primary key of a trigger', () => {
  it('is its id', () => {
    expect(primaryKeyOf(App, 'new_contact')).toEqual(['id']);
  });

  it('is the fields that say so', () => {
    expect(primaryKeyOf(App, 'updated_contact')).toEqual(['id', 'version']);
  });
});

describe('search or create', () => {
  const pair = ['searches.find', 'creates.make'] as const;
  const inputData = { email: 'ana@example.com' };

  it('creates nothing where the search finds something', async () => {
    const places: string[] = [];
    const run: RunPart = async (place) => {
      places.push(place);
      return items('a', 'b');
    };
    expect(await searchOrCreate(run, ...pair, inputData)).toEqual(items('a', 'b'));
    expect(places).toEqual(['searches.find']);
  });

  it('creates where it finds nothing, and tells the create of the search', async () => {
    const runs: Parameters<RunPart>[] = [];
    const run: RunPart = async (...given) => {
      runs.push(given);
      return given[0] === 'creates.make' ? { id: 'new' } : [];
    };
    expect(await searchOrCreate(run, ...pair, inputData)).toEqual({ id: 'new' });
    expect(runs).toEqual([
      ['searches.find', { inputData, meta: {} }],
      ['creates.make', { inputData, meta: { withSearch: 'find' } }],
    ]);
  });
});
