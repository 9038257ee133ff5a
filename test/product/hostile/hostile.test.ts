import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const node = promisify(execFile);

it('no input of any operation makes it fail unexplained or go elsewhere', async () => {
  const halves = await Promise.all(
    ['0/2', '1/2'].map((half) => node(process.execPath, ['test/product/hostile/run.ts', half])),
  );
  const runs = halves.map(({ stdout }) => Number(/(\d+) runs\n$/.exec(stdout)?.[1]));
  expect(runs.reduce((sum, number) => sum + number)).toBeGreaterThanOrEqual(10_000);
});
