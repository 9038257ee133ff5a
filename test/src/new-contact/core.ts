import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';
import App from '../../../index.ts';
import '../../../tools/zapier/quiet.ts';
import { Channel } from '../../../tools/simulation/channel.ts';
import { type CacheFault, type Driver, failsToRead, type Start } from '../../../tools/simulation/zap.ts';
import { useHttpApi } from '../../support/http-api.ts';

/** An answer that never comes. */
export const silence = { status: 0, body: '' };

/** Core copies the definition at every poll: without the other operations, twice as many histories fit. */
const { creates: _creates, searches: _searches, searchOrCreates: _searchOrCreates, ...app } = App;

const authData = { host: 'app.bony.chat', channel_token: 'token', channel_type: 'other' };

/** Lets the tests of a file run the real trigger through the platform's core, over HTTP, on a clock of their own. */
export function useCore(): Start {
  let current = new Channel();
  useHttpApi(({ searchParams }) => {
    const given = current.answer(searchParams.get('value') ?? '', Number(searchParams.get('page') ?? 1));
    return given.status === silence.status ? undefined : given;
  });

  // The platform's types do not say what a trigger's perform takes; its core calls it like this.
  const perform = Reflect.get(App.triggers.new_contact.operation, 'perform') as (
    z: ZObject,
    bundle: Bundle,
  ) => Promise<unknown>;

  /** The tester's cache never refuses a write. A wrapper skips core's checks of results, so it stands in only then. */
  const refused = (z: ZObject, bundle: Bundle) =>
    perform({ ...z, cache: { ...z.cache, set: async () => false } }, bundle);

  return (channel) => {
    current = channel;
    Date.now = () => (channel.now + channel.options.localAhead) * 1000;
    const tester = createAppTester(app);
    const cache: Record<string, string> = {};
    let failing: CacheFault = 'nothing';
    const driver: Driver = {
      cache,
      fail: (what) => {
        failing = what;
      },
      onWrite: () => undefined,
      perform: (bundle) =>
        tester<unknown, Bundle>(failing === 'writes' ? refused : perform, { ...bundle, authData }),
    };
    const check = (fails: boolean) => {
      if (fails) throw new Error('The cache is down.');
    };
    const content = new Proxy(cache, {
      // Core looks at symbols to tell what the cache is.
      has: (target, key) => {
        if (typeof key === 'string') check(failsToRead(failing, key));
        return Reflect.has(target, key);
      },
      set: (target, key, value) => {
        check(failing === 'all');
        driver.onWrite(String(key));
        return Reflect.set(target, key, value);
      },
      deleteProperty: (target, key) => {
        check(failing === 'all');
        return Reflect.deleteProperty(target, key);
      },
    });
    Reflect.set(tester, 'zcacheTestObj', content);
    return driver;
  };
}
