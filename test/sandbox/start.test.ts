import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { start } from './client.ts';

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function run(...flags: string[]) {
  const child = spawn(process.execPath, ['sandbox/start.ts', ...flags]);
  running.push(child);
  return child;
}

async function fail(...flags: string[]) {
  const child = run(...flags);
  const [[code], message] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  return { code, message };
}

test('it runs with its flags until Ctrl-C and exits well', async () => {
  const child = run('--port', '0', '--contacts', '1', '--token', 'abc', '--no-rate-limits');
  const [greeting] = await once(child.stdout.setEncoding('utf8'), 'data');
  expect(greeting).toContain('Its channel token is abc');
  const url = /CHANNEL_API_BASE_URL=(\S+)/.exec(greeting)?.[1];
  const response = await fetch(`${url}/api/v1/contact/1776025372480910`, {
    headers: { Authorization: 'Bearer abc' },
  });
  expect(response.status).toBe(200);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port that is taken is explained', async () => {
  const { sandbox } = await start();
  const { code, message } = await fail('--port', String(sandbox.port));
  expect(code).toBe(1);
  expect(message).toContain('choose another one with --port');
});

test.each([
  ['--prot=1', "Unknown option '--prot'"],
  ['--contacts=many', '--contacts'],
  ['--order=up', '--order'],
])('the wrong flag %s is explained', async (flag, reason) => {
  const { code, message } = await fail(flag);
  expect(code).toBe(1);
  expect(message).toContain(reason);
  expect(message).toContain('Usage: npm start');
});
