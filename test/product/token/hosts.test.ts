import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRunner, loadBuiltIntegration, readFailure } from '../../../tools/zapier/runner.ts';
import { failure } from '../../support/failure.ts';
import { watchSockets } from '../../support/recorder.ts';
import { places, token } from './places.ts';

const run = createRunner(await loadBuiltIntegration());
let opened: string[];

const connect = (authData: Record<string, string>) =>
  failure(run('authentication.test', { authData: { channel_token: token, ...authData } }));

describe('where the token goes in production', () => {
  beforeEach(() => {
    opened = watchSockets({ isClosed: true });
  });

  it.each(['app.bony.chat', 'app.1980tic.us', 'app.telenet'])('%s, over TLS', async (host) => {
    expect(await connect({ host })).toMatchObject({ code: 'unreachable' });
    expect(opened).toEqual([`${host}:443`]);
  });

  it.each(places)('$place $inputData: to the host of the connection', async ({ place, inputData, meta }) => {
    const authData = { host: 'custom', custom_host: 'https://Chat.Example.com/', channel_token: token };
    await run(place, { inputData, authData, meta: meta ?? {} }).catch(readFailure);
    const expected = place === 'authentication.connectionLabel' ? [] : ['chat.example.com:443'];
    expect([...new Set(opened)]).toEqual(expected);
  });

  it.each([
    'evil.example@app.bony.chat',
    'app.bony.chat@evil.example',
    'app.bony.chat:443@evil.example',
    'app.bony.chat#@evil.example',
    'app.bony.chat\\@evil.example',
    'app.bony.chat/../evil.example',
    'app.bony.chat:8443',
    'app.bony.chat.',
    'app.bony.chat。evil.example',
    'аpp.bony.chat',
    'xn--pp-6kc.bony.chat',
    'app．bony．chat',
    'ⓐpp.bony.chat',
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0x7f.1',
    '127.1',
    '169.254.169.254',
    '[::1]',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    'localhost',
    'metadata.google.internal',
    '127.0.0.1.nip.io',
    'localtest.me',
    'chat.onion',
    'http://app.bony.chat:80',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'evil.example\r\nHost: app.bony.chat',
    'evil.example\u0000.bony.chat',
  ])('nowhere for the custom host %j', async (custom_host) => {
    expect(await connect({ host: 'custom', custom_host })).toMatchObject({ kind: 'HaltedError' });
    expect(opened).toEqual([]);
  });

  it('nowhere but to the name that was typed, whatever was typed', async () => {
    const label = fc.constantFrom(
      'app',
      'evil',
      'bony',
      '127',
      '0x7f',
      '1',
      'localhost',
      'com',
      'example',
      'xn--a',
      'ａ',
    );
    const glue = fc.constantFrom('.', '..', '@', ':', '/', '\\', '#', '?', '。', '%2e', ' ', '\t', '[', ']');
    const host = fc.array(fc.tuple(label, glue), { maxLength: 5 }).map((parts) => parts.flat().join(''));
    const typed = fc.oneof(
      host,
      fc.tuple(host, label).map((parts) => parts.join('')),
      fc.webUrl(),
      fc.domain(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (custom_host) => {
        opened.length = 0;
        const { kind } = await connect({ host: 'custom', custom_host });
        const name = custom_host
          .trim()
          .toLowerCase()
          .replace(/^https?:\/\//, '')
          .replace(/\/$/, '');
        expect(opened).toEqual(kind === 'HaltedError' ? [] : [`${name}:443`]);
        expect(kind === 'HaltedError' || /^[a-z0-9.-]+\.[a-z]+$/.test(name)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
