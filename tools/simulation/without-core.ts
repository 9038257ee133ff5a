import type { Bundle, ZObject } from 'zapier-platform-core';
import { pollNewContacts } from '../../src/new-contact/new-contact.ts';
import type { Answer, Channel } from './channel.ts';
import { type CacheFault, type Driver, failsToRead } from './zap.ts';

/** A `z.request` that is answered at once, as far as the client of the API looks at the answer. */
export const requestOf =
  (answer: (query: URLSearchParams) => Answer) =>
  async ({ url }: { url: string }) => {
    const { status, body, date } = answer(new URL(url).searchParams);
    const getHeader = (name: string) => (name === 'date' ? date : undefined);
    return { status, text: async () => body, headers: {}, getHeader };
  };

/** Runs polls without the platform's core, for millions of requests: `z.request` is the channel itself. */
export function runWithoutCore(channel: Channel): Driver {
  Date.now = () => (channel.now + channel.options.localAhead) * 1000;
  let failing: CacheFault = 'nothing';
  const check = (fails: boolean) => {
    if (fails) throw new Error('The cache is down.');
  };
  const cache: Record<string, string> = {};
  const z = {
    request: requestOf((query) => channel.answer(query.get('value') ?? '', Number(query.get('page') ?? 1))),
    cache: {
      get: async (key: string) => {
        check(failsToRead(failing, key));
        return JSON.parse(cache[key] ?? 'null');
      },
      set: async (key: string, value: unknown) => {
        check(failing === 'all');
        if (failing === 'writes') return false;
        cache[key] = JSON.stringify(value);
        driver.onWrite(key);
        return true;
      },
      delete: async (key: string) => {
        check(failing === 'all');
        return delete cache[key];
      },
    },
  };
  const authData = { host: 'app.bony.chat', channel_token: 'token' };
  const driver: Driver = {
    cache,
    onWrite: () => undefined,
    fail: (what) => {
      failing = what;
    },
    // Only what a poll uses is here.
    perform: (bundle) =>
      pollNewContacts(z as unknown as ZObject, { ...bundle, authData } as unknown as Bundle),
  };
  return driver;
}
