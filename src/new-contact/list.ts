import * as schema from 'zod/mini';
import { HOUR } from '../polling/durations.ts';
import { Fingerprints } from '../polling/fingerprints.ts';
import { isByAge, type Order, SLACK } from '../polling/order.ts';
import { type PageReader, REQUEST_LIMIT } from '../polling/page-reader.ts';
import { type Item, PagedList } from '../polling/paged-list.ts';
import { CONTACTS_A_DAY, LATE_WINDOW, type ListState, listSchema, type Start, type Sweep } from './state.ts';

const CLOCK_ERROR = 120; // Seconds by which `created_at` may be ahead of the server's clock.
const AGREEMENT = 600; // Seconds by which the server's clock and the local one may differ if both are right.

/** What the lists of one poll share. At most `limit` pages of each are read. */
export type Poll = { reader: PageReader; start: Start; limit: number };

/** The contacts that match one value: what is remembered of them, and what one poll reads. */
export class TrackedList extends PagedList {
  readonly value: string;
  readonly state: ListState;
  dealtWith: Fingerprints; // Of the contacts that were dealt with lately.
  private readonly poll: Poll;
  private readonly share: number; // Pages that it may take of a poll.
  private readonly missingBefore: number; // As the last poll ended.

  /** `lists` says how many lists share a poll. */
  constructor(value: string, remembered: ListState | undefined, lists: number, poll: Poll) {
    const state = schema.parse(listSchema, remembered ?? {});
    const { reader, limit } = poll;
    super(state, state.seen, async (page) => (this.requests < limit ? reader.read(value, page) : undefined));
    this.value = value;
    this.state = state;
    this.poll = poll;
    this.share = REQUEST_LIMIT / lists;
    this.missingBefore = this.missing;
    this.dealtWith = new Fingerprints(state.fingerprints, Math.floor(CONTACTS_A_DAY / lists));
  }

  get now(): number {
    return this.poll.reader.now;
  }

  /** When the Zap was switched on, by the clock of `created_at`. */
  private get since(): number {
    const { reader, start } = this.poll;
    // If the server's clock is right now and was ahead then, the local one told the time.
    const wasWrong = start.lead > AGREEMENT && Math.abs(reader.lead) < AGREEMENT;
    return start.since - (wasWrong ? start.lead : 0) + (start.isAhead ? CLOCK_ERROR : 0);
  }

  /** A time in the future is from a poll in which the server's clock was wrong; the one before it counts. */
  private get lateFrom(): number {
    const { lateFrom, lateFromBefore } = this.state;
    return lateFrom > this.now - LATE_WINDOW ? lateFromBefore : lateFrom;
  }

  get isShort(): boolean {
    return this.isCounted && this.lastPage <= this.share;
  }

  get isDue(): boolean {
    return Math.abs(this.now - this.state.checked) >= HOUR;
  }

  get missing(): number {
    return Math.max(this.total - this.state.accounted, 0);
  }

  private get sweeps(): Sweep[] {
    return [this.state.search, this.state.check].filter((sweep) => sweep !== null);
  }

  /** A sweep that begins now, below this position. */
  sweepFrom(edge: number): Sweep {
    return { edge, began: this.now, sought: this.missing, rest: 0, isContinued: false };
  }

  /** Lets the next sweep begin below the contacts of a burst, which need not be read again. */
  beginBurst(begun: number): void {
    if (this.state.isBurst) return;
    Object.assign(this.state, { isBurst: true, search: this.sweepFrom(begun), check: null });
  }

  /** Begins the hourly check with this sweep, or lets the one that rests go on. */
  startCheck(check: Sweep): void {
    const rest = Math.max(check.edge - CONTACTS_A_DAY, 0);
    const isContinued = this.state.check !== null;
    // On the hour, whenever polls come.
    const onTime = this.state.checked + HOUR;
    const checked = Math.abs(this.now - onTime) < HOUR ? onTime : this.now;
    Object.assign(this.state, { check: { ...check, rest, isContinued }, checked });
  }

  /** Late matches push contacts that were not read past the edge of a sweep. */
  private pushEdges(growth: number): void {
    for (const sweep of this.sweeps) {
      const edge = Math.min(sweep.edge + Math.max(growth, 0), this.state.seen);
      Object.assign(sweep, { edge, rest: sweep.rest && sweep.rest + edge - sweep.edge });
    }
  }

  /** What is new was read up to the newest end, so that the total tells only of late matches. */
  endNew(): void {
    const { state } = this;
    state.accounted = Math.min(state.accounted, this.total);
    this.pushEdges(this.missing - this.missingBefore);
    if (state.isBurst) for (const sweep of this.sweeps) sweep.sought = this.missing;
    state.isBurst = false;
  }

  protected override moved(growth: number, isFirst: boolean): void {
    const { turn, seen } = this.state;
    this.state.seen = Math.min(seen, this.total);
    if (turn) turn.edge = this.isShort && !isFirst ? 0 : Math.max(turn.edge + Math.min(growth, 0), 0);
    this.pushEdges(isFirst ? 0 : growth);
  }

  protected override disordered(): void {
    Object.assign(this.state, { accounted: 0, isBurst: false, search: null, check: null });
  }

  /** Accepts this as the list's order. If nothing has been dealt with yet, the late window is checked. */
  trust(order: Order, isDealtWith: boolean): void {
    const { state, total } = this;
    state.turn = null;
    if (!isDealtWith && isByAge(order)) {
      const lateFrom = this.now - LATE_WINDOW;
      Object.assign(state, { seen: total, accounted: total, search: null, lateFrom });
      this.startCheck(this.sweepFrom(total));
      this.dealtWith.addAll([...this.pages.values()].flat().filter((item) => item !== undefined));
    }
    this.sortBy(order);
  }

  isNew = ({ createdAt }: Item): boolean => createdAt >= this.since;

  /** True if it can be skipped: it is from before the Zap, or of those that were found if they can be. */
  isOld({ createdAt }: Item): boolean {
    return createdAt < Math.max(this.since, this.lateFrom) - SLACK;
  }

  isDealtWith(item: Item | undefined): boolean {
    return item !== undefined && (this.dealtWith.has(item.contact.id) || this.isOld(item));
  }

  /** Deals with a contact: one that is new is accounted for, and no longer sought if it is a late match. */
  deal(item: Item | undefined): void {
    if (!item || !this.dealtWith.add(item.contact.id, item.createdAt) || !this.isNew(item)) return;
    this.state.accounted = Math.min(this.state.accounted + 1, this.total);
    if (item.createdAt < this.state.newest) for (const sweep of this.sweeps) sweep.sought -= 1;
  }

  /** After a sweep down to `lateFrom`: what can still be missing started to match after it began. */
  vouch(began: number): void {
    const before = this.lateFrom;
    const from = began > this.now ? 0 : began - LATE_WINDOW - CLOCK_ERROR;
    Object.assign(this.state, { lateFrom: Math.max(before, from), lateFromBefore: before });
  }

  /** Begins anew: these contacts were there, and so many others that were read came later. */
  begin(there: Item[], later: number): void {
    if (this.requests === 0) return;
    const seen = Math.max(Math.min(this.lowest, this.total) - later, 0);
    const none = { lateFrom: 0, lateFromBefore: 0, isBurst: false, search: null, check: null, turn: null };
    Object.assign(this.state, { seen, accounted: seen, checked: this.now, ...none });
    this.dealtWith = new Fingerprints('', this.dealtWith.most);
    this.dealtWith.addAll(there);
  }

  remember = (): ListState => ({ ...this.state, fingerprints: this.dealtWith.text });
}
