import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { runScript } from '../../support/script.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 57 });
});
afterEach(() => sandbox.close());

const id = '1776025372480910';
const search = ['--field', 'subscribed', '--value', 'TRUE'];
const template = ['--template', 'order', '--contact', id, '--text', 'Hi {{1}}', '--parameter', 'Ana'];

/** Runs the doctor's command. Line breaks in its output become spaces, so that a test can look for whole sentences. */
const run = async (flags: string[], env = {}) => {
  const { code, stdout, stderr } = await runScript('doctor/run.ts', flags, {
    PATH: process.env.PATH,
    CHANNEL_API_BASE_URL: sandbox.url,
    authData_host: 'app.bony.chat',
    authData_channel_token: 'sandbox-token',
    ...env,
  });
  return { code, output: (stdout + stderr).replaceAll(/\s+/g, ' ') };
};

it('names what it examines first, and says what it writes before it does', async () => {
  const { code, output } = await run([...search, '--write']);
  expect(code).toBe(0);
  const begins = `^Examining ${sandbox.url}/api/v1, a sandbox on this machine[^.]+\\. --write: creates one contact`;
  expect(output).toMatch(new RegExp(begins));
  expect(output).toContain('✓ Nothing that was found would break Zaps.');
  expect(output).not.toContain('sandbox-token');
});

const media = { link: 'https://example.com/a.jpg', filename: 'a.jpg', caption: '' };
const picture = { type: 'header', format: 'image', parameters: [{ type: 'image', image: media }] };
it.each([
  [['--header', media.link], [picture]],
  [[], []],
])('sends one template, with its header if it has one, to one contact: %j', async (flags, headers) => {
  const { code, output } = await run([...search, ...template, ...flags]);
  expect(output).toContain(`--template: sends the template "order" to contact ${id}, once.`);
  expect(output).toContain(`Look at the phone of contact ${id}`);
  expect(code).toBe(0);
  const body = { type: 'body', text: 'Hi {{1}}', parameters: [{ type: 'text', text: 'Ana' }] };
  const sent = { name: 'order', languageCode: 'en', components: [...headers, body] };
  expect(sandbox.store.messagesOf(id).map(({ message }) => message)).toEqual([
    { type: 'whatsapp_template', template: sent },
  ]);
});

// A developer's .env does not replace the empty token. If the command exits with 2, it has made no request.
it.each([
  [1, [], { authData_channel_token: 'wrong-token' }, 'would break Zaps'],
  [1, [], {}, '7 of 13 questions could not be asked'],
  [2, [], { authData_channel_token: '' }, 'There is no token.'],
  [2, ['--field', 'subscribed'], {}, '--field and --value go together.'],
  [2, ['--template', 'order'], {}, '--template also needs --contact and --text.'],
  [2, [], { authData_host: 'nowhere' }, 'The Platform field must be one of the platforms in the list.'],
])('exits with %i if it is given %j %j, and says: %s', async (code, flags, env, reason) => {
  expect(await run(flags, env)).toMatchObject({ code, output: expect.stringContaining(reason) });
  expect(sandbox.requests.length > 0).toBe(code === 1);
});
