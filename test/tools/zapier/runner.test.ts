import http from 'node:http';
import https from 'node:https';
import { expect, it } from '@jest/globals';
import type { ZObject } from 'zapier-platform-core';
import { createRunner } from '../../../tools/zapier/runner.ts';

/** An operation that counts its runs in `z.cache` and returns the count. */
const counting = { operation: { perform: async (z: ZObject) => ({ runs: await count(z) }) } };
async function count(z: ZObject): Promise<number> {
  const runs = Number((await z.cache.get('runs')) ?? 0) + 1;
  await z.cache.set('runs', runs);
  return runs;
}

it('all parts of an integration share one cache, until a run forgets it', async () => {
  const parts = { triggers: {}, searches: {}, creates: { first: counting, second: counting } };
  const run = createRunner({
    ...parts,
    authentication: { test: async (z: ZObject) => ({ runs: await count(z) }) },
  });
  expect(await run('creates.first')).toEqual({ runs: 1 });
  expect(await run('creates.second')).toEqual({ runs: 2 });
  expect(await run('authentication.test')).toEqual({ runs: 3 });
  expect(await run('creates.second', { forgets: true })).toEqual({ runs: 1 });
  expect(await run('creates.first')).toEqual({ runs: 2 });
  await expect(run('creates.third')).rejects.toThrow('The integration has no creates.third.');
});

const own = [http.request, https.request];

it('an integration without skipHttpPatch has http replaced by core', async () => {
  const run = createRunner({ triggers: {}, searches: {}, creates: { counting } });
  await run('creates.counting');
  expect(http.request).not.toBe(own[0]);
  expect(https.request).not.toBe(own[1]);
});

it('but not for the tests that follow', () => {
  expect([http.request, https.request]).toEqual(own);
});
