import * as schema from 'zod/mini';
import { HOUR } from '../polling/durations.ts';
import { Fingerprints } from '../polling/fingerprints.ts';
import { isByAge, type Order, SLACK } from '../polling/order.ts';
import { type PageReader, REQUEST_LIMIT } from '../polling/page-reader.ts';
import { type Item, PagedList } from '../polling/paged-list.ts';
import { CONTACTS_A_DAY, LATE_WINDOW, type ListState, listSchema, type Start, type Sweep } from './state.ts';

const CLOCK_ERROR = 120; // Seconds by which `created_at` may be ahead of the server's clock.
const AGREEMENT = 600; // Seconds by which the server's clock and the local one may differ if both are right.

/** All lists of one poll share this. At most `limit` pages of each are read. */
export type Poll = { reader: PageReader; start: Start; limit: number };

/** The contacts that match one value: what is remembered of them, and what one poll reads. */
export class TrackedList extends PagedList {
  readonly value: string;
  readonly state: ListState;
  dealtWith: Fingerprints; // Contacts that were dealt with lately.
  private readonly poll: Poll;
  private readonly share: number; // How many pages of a poll this list may take.
  private readonly missingBefore: number; // What `missing` was when the last poll ended.

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
    // If the server's clock is correct now but was ahead at switch-on, the local clock was right at that time.
    const wasWrong = start.lead > AGREEMENT && Math.abs(reader.lead) < AGREEMENT;
    return start.since - (wasWrong ? start.lead : 0) + (start.isAhead ? CLOCK_ERROR : 0);
  }

  /** The remembered `lateFrom`, or the one before it if the server's clock was ahead when the last one was set. */
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

  /** Returns a sweep that begins now, below this position. */
  sweepFrom(edge: number): Sweep {
    return { edge, began: this.now, sought: this.missing, rest: 0, isContinued: false };
  }

  /** Notes that a burst has begun at this position. The next sweep begins below it, so that its contacts are not read twice. */
  beginBurst(begun: number): void {
    if (this.state.isBurst) return;
    Object.assign(this.state, { isBurst: true, search: this.sweepFrom(begun), check: null });
  }

  /** Starts the check of this hour with a sweep: a new one, or that of the last hour if it did not end. */
  startCheck(check: Sweep): void {
    const rest = Math.max(check.edge - CONTACTS_A_DAY, 0);
    const isContinued = this.state.check !== null;
    // Counted from when the check was due, so that late polls do not shift the checks.
    const onTime = this.state.checked + HOUR;
    const checked = Math.abs(this.now - onTime) < HOUR ? onTime : this.now;
    Object.assign(this.state, { check: { ...check, rest, isContinued }, checked });
  }

  /** Moves the edges of sweeps up with the list: late matches below an edge push unread contacts above it. */
  private pushEdges(growth: number): void {
    for (const sweep of this.sweeps) {
      const edge = Math.min(sweep.edge + Math.max(growth, 0), this.state.seen);
      Object.assign(sweep, { edge, rest: sweep.rest && sweep.rest + edge - sweep.edge });
    }
  }

  /** Called when all new contacts have been read: those that the total still counts beyond `accounted` are late matches. */
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

  /** True if a contact can be skipped: it is older than the Zap, or older than `lateFrom`, up to which none is missing. */
  isOld({ createdAt }: Item): boolean {
    return createdAt < Math.max(this.since, this.lateFrom) - SLACK;
  }

  isDealtWith(item: Item | undefined): boolean {
    return item !== undefined && (this.dealtWith.has(item.contact.id) || this.isOld(item));
  }

  /** Marks a contact as dealt with. If it is new, it is accounted for. If it is also a late match, sweeps seek one less. */
  deal(item: Item | undefined): void {
    if (!item || !this.dealtWith.add(item.contact.id, item.createdAt) || !this.isNew(item)) return;
    this.state.accounted = Math.min(this.state.accounted + 1, this.total);
    if (item.createdAt < this.state.newest) for (const sweep of this.sweeps) sweep.sought -= 1;
  }

  /** Raises `lateFrom` after a sweep down to it: only contacts that started to match after the sweep began can be missing. */
  vouch(began: number): void {
    const before = this.lateFrom;
    const from = began > this.now ? 0 : began - LATE_WINDOW - CLOCK_ERROR;
    Object.assign(this.state, { lateFrom: Math.max(before, from), lateFromBefore: before });
  }

  /** Starts the list over: `there` have been dealt with, and `later` is how many of the others are left to the next poll. */
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
