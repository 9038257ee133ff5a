import { errorAfterWork, type PartialWork } from '../failures/partial-work.ts';

/** A list that the API accepts only in parts. */
export interface ChunkedWork<T> {
  items: T[];
  size: number; // Items per request.
  done?: number; // Items that an earlier request has sent.
  send: (chunk: T[]) => Promise<void>;
  requireTime: () => void; // Throws if the run has no time left for another request.
  /** Describes, for the error of a later request, that the first `done` items are done. */
  describe: (done: number) => PartialWork;
}

/** Sends items part by part. If a later request fails, the error tells what the earlier ones did. */
export async function sendInChunks<T>(work: ChunkedWork<T>): Promise<void> {
  const { items, size, send, requireTime, describe } = work;
  for (let { done = 0 } = work; done < items.length; done += size) {
    try {
      requireTime();
      await send(items.slice(done, done + size));
    } catch (error) {
      throw done === 0 ? error : errorAfterWork(error, describe(done));
    }
  }
}
