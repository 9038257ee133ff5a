import { expect, it } from '@jest/globals';
import { runScript } from '../../support/script.ts';

it('every request of every operation meets every fault, and no rule is broken', async () => {
  // It exits with 1 where a rule is broken, and its output says which.
  const { stdout } = await runScript('faults/run.ts', ['--all']);
  const [, table, end] = /^(.*)\n(.*)\n$/s.exec(stdout) ?? [];
  expect(stdout.match(/^✗.*$/gm)).toBeNull();
  expect(end).toMatch(/^\d{4} cells, \d{4} requests, 0 broken rules, \d+ s$/);
  expect(table).toMatchSnapshot();
});
