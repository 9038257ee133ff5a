import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimits: false });
});
afterAll(() => sandbox.close());

/** Runs a step in a separate process, so that only its own memory counts. Returns its peak and its error. */
async function measure(place: string, inputData: string): Promise<{ megabytes: number; code?: string }> {
  const script = `
    import { createRunner, loadBuiltIntegration, readFailure } from './tools/zapier/runner.ts';
    const authData = { host: 'app.bony.chat', channel_token: 'sandbox-token' };
    const run = createRunner(await loadBuiltIntegration());
    const { code } = await run('${place}', { authData, inputData: ${inputData} }).then(() => ({}), readFailure);
    console.log('\\n' + JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024, code }));
    process.exit();`;
  const env = { ...process.env, CHANNEL_API_BASE_URL: sandbox.url };
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

it.each([
  [
    'a text of 5 MB',
    undefined,
    'refused',
    'creates.send_message',
    "{ contact_id: '1776025372480910', text: '🎉 a'.repeat(830_000) }",
  ],
  [
    'an answer of 25 MB',
    'a 25 MB answer',
    'too_large',
    'creates.api_request',
    "{ method: 'GET', path: '/contact/1' }",
  ],
  [
    '25 kB that unpack to 25 MB',
    'a 25 MB answer, gzipped to 25 kB',
    'too_large',
    'triggers.new_contact',
    "{ field_name: 'subscribed', field_values: ['TRUE'] }",
  ],
])('takes at most 64 MB more for %s than for a small run', async (_, fault, code, place, inputData) => {
  const small = await measure('authentication.test', '{}');
  if (fault) sandbox.failNext(100, fault);
  const large = await measure(place, inputData);
  sandbox.clearFaults();
  expect([small.code, large.code]).toEqual([undefined, code]);
  expect(large.megabytes - small.megabytes).toBeLessThan(64);
});
