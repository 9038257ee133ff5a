import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';

/** True if a process of the group is still running. */
function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

it.each([
  ['console/start.ts', ['--port', '0', '--console-port', '0'], 0],
  // When the script prints the name of the first picture, Chromium is already running, so it has to be ended too.
  ['scripts/screenshots.ts', [], 130],
  // When the first table is printed, the second is being measured, so Ctrl-C interrupts the work on it.
  ['bench/main.ts', ['requests', 'polls'], 130],
] as const)('Ctrl-C ends %s and leaves nothing behind', async (file, flags, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'interrupt-'));
  // Node's compile cache is off because it would leave files in TMPDIR, which must be empty at the end.
  const env = { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
  // `detached` starts a process group, because on Ctrl-C a terminal sends the signal to the whole group.
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
