import { afterPartialWork, type PartialWork } from '../failures/partial-work.ts';

/** A list that the API takes only in parts. */
export interface ChunkedWork<T> {
  items: T[];
  /** The most that one request takes. */
  size: number;
  /** How many of them were sent already. */
  done?: number;
  send: (chunk: T[]) => Promise<void>;
  /** Throws where it is too late for another request. */
  requireTime: () => void;
  /** Says what the first `done` items came to, where a later request fails. */
  describe: (done: number) => PartialWork;
}

/** Sends items in as many requests as they need, one after another. A failure says what was done before it. */
export async function sendInChunks<T>(work: ChunkedWork<T>): Promise<void> {
  const { items, size, send, requireTime, describe } = work;
  for (let { done = 0 } = work; done < items.length; done += size) {
    try {
      requireTime();
      await send(items.slice(done, done + size));
    } catch (error) {
      throw done === 0 ? error : afterPartialWork(error, describe(done));
    }
  }
}
