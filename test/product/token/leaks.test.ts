import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, expect, it } from '@jest/globals';
import { createRunner, loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { startRecorder } from '../../support/recorder.ts';
import { token } from './places.ts';
import { readingsOf, spellings } from './spellings.ts';

const api = await startRecorder((_, response) => response.writeHead(404).end('{"status":"error"}'));
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
const run = createRunner(await loadBuiltIntegration());

afterAll(() => api.close());

it('shows the token to nobody, whatever an operation is answered', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['test/product/token/echoes.ts']);
  const [echoes = 0, requests = 0] = stdout.split(', ').map(Number.parseFloat);
  expect(echoes).toBeGreaterThan(6 * spellings.length);
  expect(requests).toBeGreaterThan(echoes * 28);
});

it.each(spellings)('would see a token %s in an output, a sentence or a log', (_name, spelled) => {
  for (const heard of [
    JSON.parse(`{"a":["${spelled}"]}`),
    `Refused: "${spelled}".`,
    JSON.stringify({ data: `"${spelled}"` }),
  ]) {
    expect(readingsOf([heard]).some((text) => text.includes(token))).toBe(true);
  }
});

it('shows no token that was typed where it does not belong', async () => {
  const authData = { host: 'app.bony.chat', channel_token: token };
  const running = run('creates.add_tags', { inputData: { contact_id: token, tags: ['VIP'] }, authData });
  await expect(running).rejects.toThrow('This channel has no contact with the ID "•••".');
});
