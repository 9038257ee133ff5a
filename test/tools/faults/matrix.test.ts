import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const node = promisify(execFile);

it('every request of every operation meets every fault, and no rule is broken', async () => {
  // It exits with 1 where a rule is broken, and its output says which.
  const { stdout } = await node(process.execPath, ['tools/faults/run.ts', '--all']).catch((failed) => failed);
  const [, table, end] = /^(.*)\n(.*)\n$/s.exec(stdout) ?? [];
  expect(stdout.match(/^✗.*$/gm)).toBeNull();
  expect(end).toMatch(/^\d{4} cells, \d{4} requests, 0 broken rules, \d+ s$/);
  expect(table).toMatchSnapshot();
});
