import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

/** Whether a process of the group is still there. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

it.each([
  ['console/start.ts', ['--port', '0', '--console-port', '0'], 0],
  // It has Chromium running when it names the first picture.
  ['scripts/screenshots.ts', [], 130],
  // It is at the second table when it has printed the first.
  ['bench/main.ts', ['requests', 'polls'], 130],
] as const)('Ctrl-C ends %s and leaves nothing behind', async (file, flags, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'interrupt-'));
  // Node keeps what it compiled of some packages, whatever ends the script.
  const env = { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
  // A terminal sends the signal to the whole group.
  const child = spawn(process.execPath, [`tools/${file}`, ...flags], { detached: true, env });
  const group = child.pid ?? 0;
  await once(child.stdout, 'data');
  process.kill(-group, 'SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(expected);
  while (isAlive(group)) await sleep(50);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
