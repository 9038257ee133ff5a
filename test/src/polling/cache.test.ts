import { expect, it } from '@jest/globals';
import { cacheKey, replaceCache, writeCache } from '../../../src/polling/cache.ts';

const authData = { host: 'app.bony.chat', custom_host: '', channel_token: 'token' };
/** The name under which a Zap remembers, as far as it is told. */
const keyOf = (connection = {}, zap: { id?: string } | undefined = { id: '1' }, watched = ['plan']) =>
  Reflect.apply(cacheKey, undefined, [
    'new_contact',
    { authData: { ...authData, ...connection }, meta: zap && { zap } },
    watched,
  ]);

it('the name of a memory is the same for the same Zap, short, and without the token', () => {
  expect(keyOf()).toBe(keyOf());
  expect(keyOf()).toMatch(/^new_contact:[\w-]{22}$/);
});

it('each host, channel, Zap and choice of what to watch has a memory of its own', () => {
  const keys = [
    keyOf(),
    keyOf({ host: 'other.example' }),
    keyOf({ custom_host: 'other.example' }),
    keyOf({ channel_token: 'another' }),
    keyOf({}, { id: '2' }),
    keyOf({}, {}),
    keyOf({}, { id: '1' }, ['tags']),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(Reflect.apply(cacheKey, undefined, ['new_contact', { authData }, ['plan']])).toBe(keyOf({}, {}));
});

/** A `z` whose cache does this when it is written to, and the keys that were deleted from it. */
function cacheThat(set: () => Promise<boolean>) {
  const deleted: string[] = [];
  const remove = async (key: string) => deleted.push(key);
  return { deleted, z: { cache: { set, delete: remove } } };
}

it.each([
  ['takes a value', async () => true, true],
  ['refuses it', async () => false, false],
  ['fails', () => Promise.reject(new Error('down')), false],
])(
  'a cache that %s: whether it was written is known, and what was there before does not stay',
  async (_, set, isWritten) => {
    const { z, deleted } = cacheThat(set);
    expect(await Reflect.apply(writeCache, undefined, [z, 'key', 1])).toBe(isWritten);
    expect(deleted).toEqual([]);
    await Reflect.apply(replaceCache, undefined, [z, 'key', 1]);
    expect(deleted).toEqual(isWritten ? [] : ['key']);
  },
);
