import { afterAll, beforeAll } from '@jest/globals';
import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';
import App from '../../index.ts';
import '../../tools/zapier/quiet.ts';
import { Channel } from './channel-model.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { type Cache, driverOf, type Start, type Trigger, triggers } from './zap-model.ts';

/** If the model returns this answer, the server sends nothing and leaves the request open. */
export const silence = { status: 0, body: '' };

/** Returns a function that makes drivers for a file's tests: their polls run through core, its cache and real HTTP. */
export function useCore(trigger: Trigger = 'new_contact'): Start {
  let current = new Channel();
  let server: Recorder;
  beforeAll(async () => {
    server = await startRecorder(({ url = '' }, response) => {
      const { status, body, date } = current.answer(new URL(url, 'http://channel').searchParams);
      if (status === silence.status) return;
      response.sendDate = false;
      response.writeHead(status, { 'content-type': 'application/json', ...(date !== undefined && { date }) });
      response.end(body);
    });
    process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${server.port}`;
  });
  afterAll(() => server.close());
  return (channel) => {
    current = channel;
    const begun: ((cache: Cache) => Cache)[] = [];
    const perform = (z: ZObject, bundle: Bundle) => {
      const withCache = begun.shift();
      return triggers[trigger].poll({ ...z, cache: { ...z.cache, ...withCache?.(z.cache) } }, bundle);
    };
    // Core copies the definition at every poll. Without the other operations, twice as many polls fit in the same time.
    const definition = App.triggers[trigger];
    const alone = { [trigger]: { ...definition, operation: { ...definition.operation, perform } } };
    const none = { searches: {}, creates: {}, searchOrCreates: {} };
    const tester = createAppTester({ ...App, ...none, triggers: alone });
    return driverOf(trigger, channel, (bundle, withCache, store) => {
      begun.push(withCache);
      Reflect.set(tester, 'zcacheTestObj', store);
      return tester<unknown, Bundle>(perform, bundle);
    });
  };
}
