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

  it.each(places)('$place $inputData: to the host of the connection', async ({ place, inputData, meta }) => {
    const authData = { host: 'custom', custom_host: 'https://Chat.Example.com/', channel_token: token };
    await run(place, { inputData, authData, meta: meta ?? {} }).catch(readFailure);
    const expected = place === 'authentication.connectionLabel' ? [] : ['chat.example.com:443'];
    expect([...new Set(opened)]).toEqual(expected);
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
