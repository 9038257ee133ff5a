import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const node = promisify(execFile);

it('every request of every operation meets every fault, and no rule is broken', async () => {
  const { stdout } = await node(process.execPath, ['tools/faults/run.ts', '--all'], {
    maxBuffer: 10_000_000,
  });
  const [, table, end] = /^(.*)\n(.*)\n$/s.exec(stdout) ?? [];
  expect(end).toMatch(/^\d{4} cells, \d{4} requests, 0 broken rules, \d+ s$/);
  expect(table).toMatchSnapshot();
});
