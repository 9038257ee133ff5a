import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { failureOf, toPlatformError } from '../failures/failure.ts';
import { alreadyDone, type DoneOnce, halted, markSeconds } from '../failures/repeated.ts';
import { contactIdSchema } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';
import type { ApiRequest } from './request.ts';
import { inCacheTime } from './time-limit.ts';

/** The parts of a bundle that identify the connection and, if Zapier tells it, the Zap. */
export type RunOrigin = Pick<Bundle, 'authData'> & { meta?: Pick<Bundle['meta'], 'zap'> };
/** When the outcome of a request became unknown, in Unix seconds, and the contact if one is known to be created. */
const markSchema = schema.object({ at: schema.number(), id: schema.optional(contactIdSchema) });
const goesOnAdvice = 'Running this step again within 12 hours is safe, because it goes on with this contact.';

/** The mark that a request of unknown outcome leaves in `z.cache` for later runs. */
export interface Mark {
  createdId: string | undefined; // The contact that an earlier run created but could not complete.
  clear: () => Promise<void>; // Removes the mark of an earlier run.
  /** Sends the request, and leaves a mark if nobody can know whether it worked. */
  send: <T>(sendRequest: () => Promise<T>) => Promise<T>;
  /** Leaves a mark with the ID of a contact that was created before this error. Returns the error to throw. */
  leaveCreated: (error: unknown, id: string, isFoundAgain: boolean) => Promise<unknown>;
}

/** Looks for an earlier run's mark. Throws if that run's outcome is open, because Zapier's Autoreplay would do the work twice. */
export type LookForMark = (what: DoneOnce, request: ApiRequest) => Promise<Mark>;

/** Returns a run's access to the marks. If one cannot be written, the run is halted, because Zapier runs other errors again. */
export function createMarks({ cache }: ZObject, { authData, meta }: RunOrigin): LookForMark {
  const origin = [authData.host, authData.custom_host, authData.channel_token, meta?.zap?.id];
  return async (what, { method, path, query, body }) => {
    const key = `mark:${fingerprint(JSON.stringify([...origin, method, path, query, body]), 22)}`;
    const now = () => Math.floor(Date.now() / 1000);
    const ask = () => cache.get(key);
    const { data } = markSchema.safeParse(await inCacheTime(ask().catch(ask)).catch(() => undefined));
    const held = data && now() - data.at < markSeconds ? data : undefined;
    if (held && held.id === undefined) throw alreadyDone(what, held.at);
    /** Returns false if the cache throws, takes too long, or refuses more bytes for this minute. */
    const write = async (id?: string) => {
      const value = { at: now(), ...(id !== undefined && { id }) };
      return (await inCacheTime(cache.set(key, value, markSeconds)).catch(() => false)) !== false;
    };
    return {
      createdId: held?.id,
      async clear() {
        if (held) await inCacheTime(cache.delete(key)).catch(() => false);
      },
      async send(sendRequest) {
        try {
          return await sendRequest();
        } catch (error) {
          const failure = failureOf(error);
          throw !failure?.isUnclear || (await write()) ? error : halted(failure);
        }
      },
      async leaveCreated(error, id, isFoundAgain) {
        const isWritten = await write(id);
        const failure = failureOf(error);
        if (!failure) return error;
        if (!isWritten) return halted(failure);
        return isFoundAgain ? error : toPlatformError({ ...failure, retryAdvice: goesOnAdvice });
      },
    };
  };
}
