import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../tools/sandbox/server.ts';
import { Store } from '../../../tools/sandbox/store.ts';

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function run(...flags: string[]) {
  const child = spawn(process.execPath, ['tools/console/start.ts', ...flags]);
  running.push(child);
  return child;
}

async function fail(...flags: string[]) {
  const child = run(...flags);
  const [[code], message] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  return { code, message };
}

test('it starts a sandbox and a console with its flags, until Ctrl-C, and warns of nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const data = join(folder, 'channel.db');
  const flags = '--port 0 --console-port 0 --contacts 1 --token abc --no-rate-limits --data'.split(' ');
  const child = run(...flags, data);
  const warnings = text(child.stderr);
  const [greeting] = await once(child.stdout.setEncoding('utf8'), 'data');
  expect(greeting).toContain('Its channel token is abc');
  const sandbox = /CHANNEL_API_BASE_URL=(\S+)/.exec(greeting)?.[1];
  const contact = await fetch(`${sandbox}/api/v1/contact/1776025372480910`, {
    headers: { Authorization: 'Bearer abc' },
  });
  expect(contact.status).toBe(200);
  const page = await fetch(/Open the console: (\S+)/.exec(greeting)?.[1] ?? '');
  expect(await page.text()).toContain('Mahin Dar');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await warnings).toBe('');
  const kept = new Store({ data, contacts: 0, now: Date.now, changed: () => {} });
  expect(kept.count()).toBe(1);
  kept.close();
  rmSync(folder, { recursive: true });
});

test.each(['--port', '--console-port'])(
  'a %s that is taken is named, with a line that works',
  async (flag) => {
    const { port, close } = await startSandbox();
    const { code, message } = await fail('--port', '0', '--console-port', '0', flag, String(port));
    await close();
    expect(code).toBe(1);
    const free = (each: string) => (each === flag ? port + 100 : 0);
    expect(message).toBe(
      `Another program has port ${port}. Run: npm start -- --port ${free('--port')} --console-port ${free('--console-port')}\n`,
    );
  },
);

test('a console that already runs is named', async () => {
  const child = run('--port', '0', '--console-port', '0');
  const [greeting] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [url = '', port = ''] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(greeting) ?? [];
  expect(await fail('--port', '0', '--console-port', port)).toEqual({
    code: 1,
    message: `The console already runs at ${url}\n`,
  });
});
