import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { runScript } from '../../support/script.ts';

let sandbox: Sandbox;

afterEach(() => sandbox?.close());

describe('npm run doctor', () => {
  const run = async (flags: string[], env: object) => {
    const { code, stdout, stderr } = await runScript('doctor/run.ts', flags, {
      PATH: process.env.PATH,
      CHANNEL_API_BASE_URL: sandbox.url,
      authData_host: 'app.bony.chat',
      // Counts before the developer's .env.
      authData_channel_token: '',
      ...env,
    });
    return { code, output: stdout + stderr };
  };

  it('names what it examines first, and says what it writes before it does', async () => {
    sandbox = await startSandbox({ contacts: 57 });
    const { code, output } = await run(['--field', 'subscribed', '--value', 'TRUE', '--write'], {
      authData_channel_token: 'sandbox-token',
    });
    expect(code).toBe(0);
    expect(output.replaceAll('\n', ' ')).toMatch(
      new RegExp(
        `^Examining ${sandbox.url}/api/v1, a sandbox on this machine[^.]+\\. +--write: creates one contact`,
      ),
    );
    expect(output).toContain('✓ Nothing that was found would break Zaps.');
    expect(output).not.toContain('sandbox-token');
  });

  it.each([
    [
      ['--header', 'https://example.com/a.jpg'],
      [
        {
          type: 'header',
          format: 'image',
          parameters: [
            { type: 'image', image: { link: 'https://example.com/a.jpg', filename: 'a.jpg', caption: '' } },
          ],
        },
      ],
    ],
    [
      ['--header-type', 'text', '--header', 'Your order'],
      [{ type: 'header', format: 'text', text: 'Your order' }],
    ],
    [[], []],
  ])('sends one template, with its header if it has one, to one contact: %j', async (flags, headers) => {
    sandbox = await startSandbox({ contacts: 57 });
    const template = ['--template', 'order', '--contact', '1776025372480910', '--text', 'Hi {{1}}'];
    const search = ['--field', 'subscribed', '--value', 'TRUE'];
    const { code, output } = await run([...search, ...template, '--parameter', 'Ana', ...flags], {
      authData_channel_token: 'sandbox-token',
    });
    expect(output).toContain('--template: sends the template "order" to contact 1776025372480910, once.');
    expect(output.replaceAll(/\s+/g, ' ')).toContain('Look at the phone of contact 1776025372480910');
    expect(code).toBe(0);
    expect(sandbox.store.messagesOf('1776025372480910').map(({ message }) => message)).toEqual([
      {
        type: 'whatsapp_template',
        template: {
          name: 'order',
          languageCode: 'en',
          components: [
            ...headers,
            { type: 'body', text: 'Hi {{1}}', parameters: [{ type: 'text', text: 'Ana' }] },
          ],
        },
      },
    ]);
  });

  it('exits with 1 where something would break Zaps, or where most could not be asked', async () => {
    sandbox = await startSandbox({ contacts: 57 });
    expect(await run([], { authData_channel_token: 'wrong-token' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('would break Zaps'),
    });
    expect(await run([], { authData_channel_token: 'sandbox-token' })).toMatchObject({
      code: 1,
      output: expect.stringContaining('7 of 13 questions could not be asked'),
    });
  });

  it.each([
    [[], { authData_channel_token: '' }, 'There is no token.'],
    [['--field', 'subscribed'], { authData_channel_token: 'x' }, '--field and --value go together.'],
    [['--template', 'order'], { authData_channel_token: 'x' }, '--template also needs --contact and --text.'],
    [
      [],
      { authData_channel_token: 'x', authData_host: 'nowhere' },
      'The Platform field must be one of the platforms in the list.',
    ],
  ])('exits with 2 where it is told too little: %j', async (flags, env, reason) => {
    sandbox = await startSandbox();
    expect(await run(flags, env)).toMatchObject({ code: 2, output: expect.stringContaining(reason) });
    expect(sandbox.requests).toEqual([]);
  });
});
