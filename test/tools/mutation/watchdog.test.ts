import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';

const watchdog = new URL('../../../tools/mutation/watchdog.js', import.meta.url).href;
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** The exit code and the signal with which a process ends that is watched with a patience of two seconds. */
function endOf(script: string): Promise<unknown[]> {
  const watched = `import('${watchdog}').then(async ({ startWatchdog }) => { startWatchdog(2); ${script} });`;
  const child = spawn(process.execPath, ['--eval', watched], { stdio: 'ignore' });
  started.push(child);
  return once(child, 'exit');
}

it('a process is ended whose loop keeps its timers from running, and one whose timers run is not', async () => {
  const loop = 'setTimeout(() => process.exit(), 1000); for (;;) await null;';
  const ends = await Promise.all([endOf(loop), endOf('setTimeout(() => {}, 3500);')]);
  expect(ends).toEqual([
    [null, 'SIGKILL'],
    [0, null],
  ]);
});
