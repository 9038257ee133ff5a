import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';
import App from '../../index.ts';
import '../../tools/zapier/quiet.ts';
import { Channel } from './channel-model.ts';
import { useHttpApi } from './http-api.ts';
import { type Cache, driverOf, type Start, type Trigger, triggers } from './zap-model.ts';

/** If the model returns this answer, the server sends nothing and leaves the request open. */
export const silence = { status: 0, body: '' };

/** Returns a function that makes drivers for a file's tests: their polls run through core, its cache and real HTTP. */
export function useCore(trigger: Trigger = 'new_contact'): Start {
  let current = new Channel();
  useHttpApi(({ searchParams }) => {
    const given = current.answer(searchParams);
    return given.status === silence.status ? undefined : given;
  });
  return (channel) => {
    current = channel;
    const begun: ((cache: Cache) => Cache)[] = [];
    const perform = (z: ZObject, bundle: Bundle) => {
      const withCache = begun.shift();
      return triggers[trigger].poll({ ...z, cache: { ...z.cache, ...withCache?.(z.cache) } }, bundle);
    };
    // Core copies the definition at every poll. Without the other operations, twice as many polls fit in the same time.
    const { creates: _creates, searches: _searches, searchOrCreates: _searchOrCreates, ...app } = App;
    const { operation, ...rest } = App.triggers[trigger];
    const tester = createAppTester({
      ...app,
      triggers: { [trigger]: { ...rest, operation: { ...operation, perform } } },
    });
    return driverOf(trigger, channel, (bundle, withCache, store) => {
      begun.push(withCache);
      Reflect.set(tester, 'zcacheTestObj', store);
      return tester<unknown, Bundle>(perform, bundle);
    });
  };
}
