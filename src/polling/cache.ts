import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { fingerprint } from './fingerprints.ts';

/** Names what is remembered: by connection, Zap and what it watches, so that nothing else can disturb it. */
export function cacheKey(prefix: string, { authData, meta }: Bundle, watched: unknown[]): string {
  const { host, custom_host, channel_token } = authData;
  const whole = JSON.stringify([host, custom_host, channel_token, meta?.zap?.id, ...watched]);
  return `${prefix}:${fingerprint(whole, 22)}`;
}

/** What the cache holds under a key. `failed` where it could not be asked, which is not the same as holding nothing. */
export interface Cached<T> {
  value: T | undefined;
  failed: boolean;
}

/** Reads a value of `z.cache`; one in another form counts as none. */
export async function readCache<T>(z: ZObject, key: string, form: schema.ZodMiniType<T>): Promise<Cached<T>> {
  try {
    const { data } = schema.safeParse(form, await z.cache.get(key).catch(() => z.cache.get(key)));
    return { value: data, failed: false };
  } catch {
    return { value: undefined, failed: true };
  }
}

/** Writes a value to `z.cache`. False where that failed: the cache threw, or refused more bytes for this minute. */
export async function writeCache(z: ZObject, key: string, value: unknown): Promise<boolean> {
  return (await z.cache.set(key, value).catch(() => false)) !== false;
}

/** Writes a value; where that fails, removes the one before it, which would be wrong now. */
export async function replaceCache(z: ZObject, key: string, value: unknown): Promise<void> {
  if (!(await writeCache(z, key, value))) await z.cache.delete(key).catch(() => false);
}
