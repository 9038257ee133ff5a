import { pollSeconds } from '../api/time-limit.ts';
import { failureOf } from '../failures/failure.ts';

/** Requests that one poll may make. */
export const REQUEST_LIMIT = 50;
const TIME_LIMIT = pollSeconds * 1000;

type ReadPage<Page> = (list: string, page: number) => Promise<Page>;

/**
 * Reads pages for one poll within its limits. Where they are reached, or the API answers 429, nothing more is read,
 * and what was read counts. A 429 to the first request is thrown, as nothing was read.
 */
export class PageReader<Page extends { serverTime?: number }> {
  /** The lists that did not get all that they wanted, and the 429 where that was the reason. */
  readonly unserved = new Set<string>();
  refusal: unknown;
  private isStopped = false;
  /** The server's clock when the first request began, in Unix seconds; undefined where it does not tell. */
  serverStart: number | undefined;
  private requests = 0;
  private slowest = 0;
  private readonly readPage: ReadPage<Page>;
  private readonly clock: () => number;
  private readonly start: number;
  private readonly requestLimit: number;
  private readonly timeLimit: number;

  /** `clock` gives milliseconds. */
  constructor(
    readPage: ReadPage<Page>,
    clock: () => number,
    requestLimit = REQUEST_LIMIT,
    timeLimit = TIME_LIMIT,
  ) {
    this.readPage = readPage;
    this.clock = clock;
    this.requestLimit = requestLimit;
    this.timeLimit = timeLimit;
    this.start = clock();
  }

  /** When the poll began, in Unix seconds, by the server's clock where it tells. */
  get now(): number {
    return this.serverStart ?? Math.floor(this.start / 1000);
  }

  /**
   * The index of the list that the next poll is to begin with, after one that began with `first`: of those that did not
   * get all, the next in turn. Each gets to be first in as many polls as there are lists.
   */
  next(lists: string[], first: number): number {
    const inTurn = [...lists.slice(first + 1), ...lists];
    const next = inTurn.find((list) => this.unserved.has(list));
    return next === undefined ? first : lists.indexOf(next);
  }

  /** Whether half of what a poll may take is spent. */
  get isHalfSpent(): boolean {
    return (
      this.requests >= this.requestLimit / 2 || this.clock() - this.start + this.slowest > this.timeLimit / 2
    );
  }

  /** A page, or undefined where no more is to be read in this poll. */
  async read(list: string, page: number): Promise<Page | undefined> {
    const begun = this.clock();
    this.isStopped ||=
      this.requests >= this.requestLimit || begun - this.start + this.slowest > this.timeLimit;
    if (this.isStopped) {
      this.unserved.add(list);
      return undefined;
    }
    try {
      const answer = await this.readPage(list, page);
      const took = this.clock() - begun;
      if (this.requests === 0 && answer.serverTime !== undefined) {
        this.serverStart = answer.serverTime - Math.floor(took / 1000);
      }
      this.requests += 1;
      this.slowest = Math.max(this.slowest, took);
      return answer;
    } catch (error) {
      if (this.requests === 0 || failureOf(error)?.kind !== 'throttled') throw error;
      this.isStopped = true;
      this.unserved.add(list);
      this.refusal = error;
      return undefined;
    }
  }
}
