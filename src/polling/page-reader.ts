import type { TimedPage } from '../api/contact-search.ts';
import { pollSeconds } from '../api/time-limit.ts';
import { failureOf } from '../failures/failure.ts';

/** Requests that one poll may make. */
export const REQUEST_LIMIT = 50;
type ReadPage = (list: string, page: number) => Promise<TimedPage>;

/** Reads pages within the limits of a poll. After a 429 nothing more is read; if it is the first answer, it is thrown. */
export class PageReader {
  readonly unserved = new Set<string>(); // The lists of which the poll's limits left something unread.
  refusal: unknown; // The 429, if one ended the poll.
  serverStart: number | undefined; // The server's clock when the first request began, in Unix seconds; undefined if it is not told.
  private isStopped = false;
  requests = 0;
  private slowest = 0;
  private readonly start = Date.now();
  private readonly readPage: ReadPage;
  private readonly requestLimit: number;
  private readonly timeLimit: number;

  /** `timeLimit` is in milliseconds. */
  constructor(readPage: ReadPage, requestLimit = REQUEST_LIMIT, timeLimit = pollSeconds * 1000) {
    this.readPage = readPage;
    this.requestLimit = requestLimit;
    this.timeLimit = timeLimit;
  }

  /** When the poll began, in Unix seconds, by the server's clock if it tells its time. */
  get now(): number {
    return this.serverStart ?? Math.floor(this.start / 1000);
  }

  /** Seconds by which the server's clock is ahead of the local one. */
  get lead(): number {
    return this.now - Math.floor(this.start / 1000);
  }

  /** Returns which list the next poll starts with: after `first`, the next in turn that ran out of requests or time. */
  next(lists: string[], first: number): number {
    const inTurn = [...lists.slice(first + 1), ...lists];
    const next = inTurn.find((list) => this.unserved.has(list));
    return next === undefined ? first : lists.indexOf(next);
  }

  /** True if this share of the poll's requests is used, or one more request could exceed this share of its time. */
  isSpent(part: number): boolean {
    const time = Date.now() - this.start + this.slowest;
    return this.requests >= this.requestLimit * part || time > this.timeLimit * part;
  }

  /** Reads a page. Returns undefined if the poll's limits are reached. */
  async read(list: string, page: number): Promise<TimedPage | undefined> {
    const begun = Date.now();
    this.isStopped ||= this.isSpent(1);
    if (this.isStopped) return this.stop(list);
    try {
      const answer = await this.readPage(list, page);
      const took = Date.now() - begun;
      if (this.requests === 0 && answer.serverTime !== undefined) {
        this.serverStart = answer.serverTime - Math.floor(took / 1000);
      }
      this.requests += 1;
      this.slowest = Math.max(this.slowest, took);
      return answer;
    } catch (error) {
      if (this.requests === 0 || failureOf(error)?.kind !== 'throttled') throw error;
      this.refusal = error;
      return this.stop(list);
    }
  }

  private stop(list: string): undefined {
    this.isStopped = true;
    this.unserved.add(list);
  }
}
