import { afterPartialWork, type PartialWork, tooSlow } from '../failures/partial-work.ts';

/** Seconds. 30 s a run = 10 s for a look-up before + 9 s in which a chunk may begin + 10 s for the last request. */
const latestStart = 9;

/** A list that the API takes only in parts. */
export interface ChunkedWork<T> {
  items: T[];
  /** The most that one request takes. */
  size: number;
  send: (chunk: T[], done: number) => Promise<unknown>;
  /** Says what the first `done` items came to, where a later request fails. */
  describe: (done: number) => PartialWork;
}

/** Sends items in as many requests as they need, one after another. A failure says what was done before it. */
export async function sendInChunks<T>({ items, size, send, describe }: ChunkedWork<T>): Promise<void> {
  const start = performance.now();
  for (let done = 0; done < items.length; done += size) {
    try {
      if (done > 0 && performance.now() - start > latestStart * 1000) {
        throw tooSlow(latestStart);
      }
      await send(items.slice(done, done + size), done);
    } catch (error) {
      throw done === 0 ? error : afterPartialWork(error, describe(done));
    }
  }
}
