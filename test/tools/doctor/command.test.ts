import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';

let sandbox: Sandbox;

afterEach(() => sandbox.close());

describe('npm run doctor', () => {
  const run = (args: string[], env: object) =>
    promisify(execFile)(process.execPath, ['tools/doctor/run.ts', ...args], {
      env: {
        PATH: process.env.PATH,
        CHANNEL_API_BASE_URL: sandbox.url,
        authData_host: 'app.bony.chat',
        // Counts before the developer's .env.
        authData_channel_token: '',
        ...env,
      },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, output: stdout + stderr }),
    );

  it('prints a table, and says what it writes before it does', async () => {
    sandbox = await startSandbox({ contacts: 57 });
    const { code, output } = await run(['--field', 'subscribed', '--value', 'TRUE', '--write'], {
      authData_channel_token: 'sandbox-token',
    });
    expect(code).toBe(0);
    expect(output).toMatch(/^--write: creates one contact/);
    expect(output).toMatch(/│ Expected +│ Found +│ What it means for your Zaps/);
    expect(output).not.toContain('sandbox-token');
  });

  it('exits non-zero where something would break Zaps, or where it has no token', async () => {
    sandbox = await startSandbox({ contacts: 57 });
    expect(await run([], { authData_channel_token: 'wrong-token' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('would break Zaps'),
    });
    expect(await run([], {})).toMatchObject({
      code: 2,
      output: expect.stringContaining('There is no token.'),
    });
    expect(await run(['--help'], {})).toMatchObject({ code: 2 });
  });
});
