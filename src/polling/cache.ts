import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { inCacheTime } from '../api/time-limit.ts';
import { failUnread, failUnsaved } from '../failures/polling.ts';
import { fingerprint } from '../models/fingerprint.ts';

/** Returns a key for a Zap and what it watches. The token is used only without a Zap ID, because it can be renewed. */
export function cacheKey(prefix: string, { authData, meta }: Bundle, watched: unknown[]): string {
  const { host, custom_host, channel_token } = authData;
  const owner = meta?.zap?.id === undefined ? ['token', channel_token] : ['zap', meta.zap.id];
  return `${prefix}:${fingerprint(JSON.stringify([host, custom_host, owner, ...watched]), 22)}`;
}

/** Reads a value; undefined if it is missing or malformed. Throws if the cache fails: rather a lost poll than a lost memory. */
export async function readCache<T>(
  z: ZObject,
  key: string,
  form: schema.ZodMiniType<T>,
): Promise<T | undefined> {
  const ask = () => inCacheTime(z.cache.get(key));
  const value = await ask().catch(ask).catch(failUnread);
  return schema.safeParse(form, value).data;
}

/** Writes a value to `z.cache`. False if the cache threw, took too long, or refused more bytes for this minute. */
export async function writeCache(z: ZObject, key: string, value: unknown): Promise<boolean> {
  return (await inCacheTime(z.cache.set(key, value)).catch(() => false)) !== false;
}

/** Writes a value, or else removes the one before it, which would be wrong now. Throws if it can do neither. */
export async function replaceCache(z: ZObject, key: string, value: unknown): Promise<boolean> {
  const isWritten = await writeCache(z, key, value);
  if (!isWritten) await inCacheTime(z.cache.delete(key)).catch(failUnsaved);
  return isWritten;
}
