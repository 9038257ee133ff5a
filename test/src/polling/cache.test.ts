import { expect, it } from '@jest/globals';
import { failureOf } from '../../../src/failures/failure.ts';
import { anything } from '../../../src/models/schemas.ts';
import { cacheKey, readCache, replaceCache, writeCache } from '../../../src/polling/cache.ts';
import { skipWaits } from '../../support/waits.ts';

const authData = { host: 'app.bony.chat', custom_host: '', channel_token: 'token' };
/** Returns the cache key of a Zap. If the Zap or its ID is left out, the key belongs to the channel. */
const keyOf = (connection = {}, zap: { id?: string } | undefined = { id: '1' }, watched = ['plan']) =>
  Reflect.apply(cacheKey, undefined, [
    'new_contact',
    { authData: { ...authData, ...connection }, meta: zap && { zap } },
    watched,
  ]);

it('the name of a memory is the same for the same Zap, short, and without the token', () => {
  expect(keyOf()).toBe(keyOf());
  expect(keyOf({ channel_token: 'renewed' })).toBe(keyOf());
  expect(keyOf()).toMatch(/^new_contact:[\w-]{22}$/);
});

it('each host, Zap or else channel, and choice of what to watch has a memory of its own', () => {
  const keys = [
    keyOf(),
    keyOf({ host: 'other.example' }),
    keyOf({ custom_host: 'other.example' }),
    keyOf({}, { id: '2' }),
    keyOf({}, {}),
    keyOf({ channel_token: 'another' }, {}),
    keyOf({}, { id: '1' }, ['tags']),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(Reflect.apply(cacheKey, undefined, ['new_contact', { authData }, ['plan']])).toBe(keyOf({}, {}));
});

const down = () => Promise.reject(new Error('down'));

it.each([
  ['takes a value', async () => true, true],
  ['refuses it', async () => false, false],
  ['fails', down, false],
])(
  'a cache that %s: whether it was written is known, and what was there before does not stay',
  async (_, set, isWritten) => {
    const deleted: string[] = [];
    const z = { cache: { set, delete: async (key: string) => deleted.push(key) } };
    expect(await Reflect.apply(writeCache, undefined, [z, 'key', 1])).toBe(isWritten);
    expect(deleted).toEqual([]);
    await Reflect.apply(replaceCache, undefined, [z, 'key', 1]);
    expect(deleted).toEqual(isWritten ? [] : ['key']);
  },
);

const hangs = () => new Promise<never>(() => {});

it.each([
  ['is down', down],
  ['hangs', hangs],
])('a cache that %s is an error', async (_, broken) => {
  skipWaits(1.5);
  const z = { cache: { get: broken, set: broken, delete: broken } };
  for (const [code, running] of [
    ['memory_unread', Reflect.apply(readCache, undefined, [z, 'key', anything])],
    ['memory_unsaved', Reflect.apply(replaceCache, undefined, [z, 'key', 1])],
  ] as const) {
    expect(failureOf(await running.catch((error: unknown) => error))).toMatchObject({ code });
  }
});
