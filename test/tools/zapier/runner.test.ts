import { expect, it } from '@jest/globals';
import type { ZObject } from 'zapier-platform-core';
import { createRunner } from '../../../tools/zapier/runner.ts';

/** Counts runs in `z.cache` and returns the count. */
async function count(z: ZObject): Promise<{ runs: number }> {
  const runs = Number((await z.cache.get('runs')) ?? 0) + 1;
  await z.cache.set('runs', runs);
  return { runs };
}

it('all parts of an integration share one cache, until a run forgets it', async () => {
  const counting = { operation: { perform: count } };
  const creates = { first: counting, second: counting };
  const run = createRunner({ triggers: {}, searches: {}, creates, authentication: { test: count } });
  expect(await run('creates.first')).toEqual({ runs: 1 });
  expect(await run('creates.second')).toEqual({ runs: 2 });
  expect(await run('authentication.test')).toEqual({ runs: 3 });
  expect(await run('creates.second', { forgets: true })).toEqual({ runs: 1 });
  expect(await run('creates.first')).toEqual({ runs: 2 });
  await expect(run('creates.third')).rejects.toThrow('The integration has no creates.third.');
});
