import * as schema from 'zod/mini';
import { DAY, HOUR } from '../polling/durations.ts';
import { Fingerprints } from '../polling/fingerprints.ts';
import { type Order, SLACK } from '../polling/order.ts';
import { REQUEST_LIMIT } from '../polling/page-reader.ts';
import { type Item, PagedList, type Reader } from '../polling/paged-list.ts';
import { CONTACTS_A_DAY, type ListState, listSchema, type Start } from './state.ts';

/** Seconds by which `created_at` may be ahead of the server's clock. */
const CLOCK_ERROR = 120;

/** What the lists of one poll share. At most `limit` pages of each are read. */
export type Poll = { reader: Reader; start: Start; limit: number };

/** When the Zap was switched on, by the clock of `created_at`. */
export const sinceOf = ({ since, isAhead }: Start): number => since + (isAhead ? CLOCK_ERROR : 0);

/** The contacts that match one value, and what is known of them. */
export class WatchedList extends PagedList {
  readonly value: string;
  readonly state: ListState;
  private readonly poll: Poll;
  /** Pages that it may take of a poll. */
  private readonly share: number;
  /** What has been dealt with lately. */
  known: Fingerprints;

  /** `lists` says how many lists share a poll. */
  constructor(value: string, remembered: ListState | undefined, lists: number, poll: Poll) {
    const state = schema.parse(listSchema, remembered ?? {});
    const { reader, limit } = poll;
    super(state, state.seen, async (page) => (this.requests < limit ? reader.read(value, page) : undefined));
    this.value = value;
    this.state = state;
    this.poll = poll;
    this.share = REQUEST_LIMIT / lists;
    this.known = new Fingerprints(state.known, Math.floor(CONTACTS_A_DAY / lists));
  }

  /** When this poll began, in Unix seconds. */
  get now(): number {
    return this.poll.reader.now;
  }

  /** Whether one poll can read all of it. */
  get isShort(): boolean {
    return this.isCounted && this.lastPage <= this.share;
  }

  /** Whether it is time to make sure that nothing was missed. */
  get isDue(): boolean {
    return this.now - this.state.swept >= HOUR;
  }

  protected override moved(growth: number, isFirst: boolean): void {
    const { state } = this;
    state.seen = Math.min(state.seen, this.total);
    // What was not read may have moved past the edge.
    const isRestarted = this.isShort && !isFirst;
    if (state.turn) state.turn.edge = isRestarted ? 0 : Math.max(state.turn.edge + Math.min(growth, 0), 0);
    if (state.sweep) {
      const edge = state.sweep.edge + (isFirst ? 0 : Math.max(growth, 0));
      state.sweep.edge = Math.min(edge, state.seen);
    }
  }

  protected override disordered(): void {
    Object.assign(this.state, { count: 0, sweep: null });
  }

  /** Believes in an order. Where not all of the list was dealt with, the last day of it is to be swept. */
  trust(order: Order, isDealtWith: boolean): void {
    const { state, total } = this;
    state.turn = null;
    if (!isDealtWith && (order === 'newest first' || order === 'oldest first')) {
      Object.assign(state, { seen: total, count: total, sweep: { edge: total, sought: 0 } });
      state.swept = Math.min(state.swept || this.now, this.now - HOUR);
      for (const items of this.pages.values()) this.known.addAll(items.filter((item) => item !== undefined));
    }
    this.sortBy(order);
  }

  /** Whether it was created since the Zap was switched on. */
  isNew({ createdAt }: Item): boolean {
    return createdAt >= sinceOf(this.poll.start);
  }

  /** Whether it need not be read: it is from before the Zap, or from a day before the last sweep, which may have taken an hour. */
  isOld({ createdAt }: Item): boolean {
    return createdAt < Math.max(sinceOf(this.poll.start), this.state.swept - DAY - HOUR) - SLACK;
  }

  isDealtWith(item: Item | undefined): boolean {
    return !item || this.known.has(item.contact.id) || this.isOld(item);
  }

  /** Deals with a contact. True where it is new and was not counted before. */
  deal(item: Item | undefined): boolean {
    if (!item || !this.known.add(item.contact.id, item.createdAt) || !this.isNew(item)) return false;
    this.state.count = Math.min(this.state.count + 1, this.total);
    return true;
  }

  /** Begins anew: these contacts are dealt with, so many others are not. */
  begin(known: Item[], unknown: number): void {
    if (this.requests === 0) return;
    const count = Math.max(Math.min(this.lowest, this.total) - unknown, 0);
    Object.assign(this.state, { seen: count, count, swept: this.now, sweep: null, turn: null });
    this.known = new Fingerprints('', this.known.most);
    this.known.addAll(known);
  }

  /** What to remember for the next poll. */
  remember(): ListState {
    return { ...this.state, known: this.known.text };
  }
}
