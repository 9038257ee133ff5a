import type { Contact, ContactPage } from '../models/contact.ts';
import { fingerprint } from './fingerprint.ts';
import { falls, judgeOrder } from './order.ts';
import type { PageReader } from './page-reader.ts';
import { CLOCK_ERROR, HOUR, type ListState, LOOK_BACK, SLACK, type Start, unreadList } from './state.ts';

/** A page, and the server's clock in Unix seconds. */
export type TimedPage = ContactPage & { serverTime?: number };

export interface Item {
  contact: Contact;
  /** Unix seconds. */
  createdAt: number;
  fingerprint: string;
}

/** What the lists of one poll share. */
export interface Poll {
  reader: PageReader<TimedPage>;
  start: Start;
  /** Pages of a list that is read whole in every poll, and pages of a list that may be read in this one. */
  share: number;
  limit: number;
  /** Fingerprints that are kept of a list. */
  fingerprints: number;
}

/** When the Zap was switched on, by the clock of `created_at`. */
export const sinceOf = ({ since, isAhead }: Start): number => since + (isAhead ? CLOCK_ERROR : 0);

/** Pages of a longer list that must be in order before it is believed again. */
const PROOF = 20;

/** Characters of a fingerprint: two contacts of a day share one in one of some ten thousand cases, which costs a sweep. */
const FINGERPRINT = 4;

/**
 * The contacts that match one value, as far as they were read in this poll. A contact's position in a sorted list is
 * counted from the oldest end, where newer contacts do not move it; in an unsorted one, from the first page on.
 */
export class WatchedList {
  readonly value: string;
  readonly state: ListState;
  /** Nothing was remembered of it. */
  readonly isFresh: boolean;
  /** How many contacts match, as far as the API said. */
  total: number;
  isCounted = true;
  /** Every contact that was read, by ID. */
  readonly items = new Map<string, Item>();
  /** Times that the total changed while it was read, and the lowest that it was. */
  moves = 0;
  lowest = Number.POSITIVE_INFINITY;
  /** What was read since the total last changed, by page. */
  readonly pages = new Map<number, Item[]>();
  /** What stands where in a sorted list; undefined where a page was shorter than the API says. */
  private readonly positions = new Map<number, Item | undefined>();
  private readonly known: Set<string>;
  private readonly added: Item[] = [];
  private readonly poll: Poll;
  requests = 0;

  constructor(value: string, state: ListState | undefined, poll: Poll) {
    this.value = value;
    this.state = structuredClone(state ?? unreadList);
    this.isFresh = this.state.swept === 0;
    this.total = this.state.seen;
    this.known = new Set(this.state.known.match(new RegExp(`.{${FINGERPRINT}}`, 'g')));
    this.poll = poll;
  }

  get isSorted(): boolean {
    return this.state.order === 'newest first' || this.state.order === 'oldest first';
  }

  /** The number of the last page; infinite where no total tells it and no page was short. */
  get lastPage(): number {
    if (this.isCounted) return Math.max(Math.ceil(this.total / this.state.size), 1);
    const short = [...this.pages].filter(([, items]) => items.length < this.state.size);
    return Math.min(Number.POSITIVE_INFINITY, ...short.map(([page]) => page));
  }

  get isShort(): boolean {
    return this.isCounted && this.lastPage <= this.poll.share;
  }

  get now(): number {
    return this.poll.reader.now;
  }

  /** Whether it is time to make sure that nothing was missed. */
  get isDue(): boolean {
    return this.now - this.state.swept >= HOUR;
  }

  /** Contacts created before this are of no interest: they are from before the Zap, or were looked for long enough. */
  get floor(): number {
    return Math.max(sinceOf(this.poll.start), this.state.swept - LOOK_BACK) - SLACK;
  }

  pageOf(position: number): number {
    const index = this.state.order === 'newest first' ? this.total - 1 - position : position;
    return Math.max(Math.floor(index / this.state.size) + 1, 1);
  }

  has(position: number): boolean {
    return this.positions.has(position);
  }

  /** What stands at a position of the sorted list: `item` is undefined in a gap, all where no more is to be read. */
  async at(position: number): Promise<{ item: Item | undefined } | undefined> {
    while (this.isSorted && position < this.total && !this.has(position)) {
      if (!(await this.read(this.pageOf(position)))) return undefined;
    }
    return this.isSorted ? { item: this.positions.get(position) } : undefined;
  }

  /** Reads a page; false where no more is to be read in this poll. */
  async read(page: number): Promise<boolean> {
    const answer =
      this.requests < this.poll.limit ? await this.poll.reader.read(this.value, page) : undefined;
    if (!answer) return false;
    this.requests += 1;
    // The last day of a list that was never read has yet to be looked at.
    this.state.swept ||= this.now - HOUR;
    const items = answer.contacts.map((contact) => ({
      contact,
      createdAt: Math.floor(Date.parse(contact.created_at) / 1000),
      fingerprint: fingerprint(contact.id, FINGERPRINT),
    }));
    const { serverTime } = answer;
    if (serverTime && items.some(({ createdAt }) => createdAt > serverTime + SLACK)) {
      this.poll.start.isAhead = true;
    }
    for (const item of items) this.items.set(item.contact.id, item);
    this.measure(answer, items.length);
    this.pages.set(page, items);
    this.place(page, items);
    return true;
  }

  /** Takes over what a page says of the list, and what follows where the list moved. */
  private measure({ total, perPage }: ContactPage, length: number): void {
    const { state } = this;
    state.size = Math.max(perPage ?? state.size, length, 1);
    this.isCounted = total !== undefined;
    if (total === undefined) {
      this.distrust();
      return;
    }
    const growth = total - this.total;
    this.total = total;
    this.lowest = Math.min(this.lowest, total);
    if (growth === 0) return;
    if (this.requests > 1) this.moves += 1;
    this.pages.clear();
    if (growth < 0) {
      this.positions.clear();
      state.seen = Math.min(state.seen, total);
    }
    if (!state.sweep) return;
    // What was not read may have moved past the edge: in an unsorted list down, in a sorted one up.
    const { edge } = state.sweep;
    if (!this.isSorted) state.sweep.edge = Math.max(edge + Math.min(growth, 0), 0);
    else state.sweep.edge = Math.min(this.requests > 1 ? edge + Math.max(growth, 0) : edge, state.seen);
  }

  private place(page: number, items: Item[]): void {
    if (!this.isSorted) return;
    for (let index = 0; index < this.state.size; index += 1) {
      const offset = (page - 1) * this.state.size + index;
      const position = this.state.order === 'newest first' ? this.total - 1 - offset : offset;
      if (position >= 0 && position < this.total) this.positions.set(position, items[index]);
    }
    const placed = [...this.positions].sort(([a], [b]) => a - b);
    if (falls(placed.flatMap(([, item]) => item?.createdAt ?? []))) this.distrust();
  }

  /** The list is not sorted by creation, or not any more: it is read in turns until it shows an order. */
  private distrust(): void {
    if (!this.isSorted) return;
    Object.assign(this.state, { order: 'none', count: 0, sweep: null });
    this.positions.clear();
  }

  /** The first page from `page` on that was not read since the list last moved. */
  unread(page: number): number {
    let next = page;
    while (this.pages.has(next)) next += 1;
    return next;
  }

  /** Believes in an order once enough pages show it. */
  trust(): void {
    const { state, pages } = this;
    const isWhole = this.unread(1) > this.lastPage;
    const isUnknown = state.order === 'unknown';
    if (!this.isCounted || !(isWhole || pages.size >= (isUnknown ? 2 : PROOF))) return;
    const sorted = [...pages].sort(([a], [b]) => a - b);
    const order = judgeOrder(sorted.flatMap(([, items]) => items.map(({ createdAt }) => createdAt)));
    if (order === undefined || order === state.order) return;
    const isUnread = !isWhole && (this.isFresh || !isUnknown || state.sweep !== null);
    Object.assign(state, { order, sweep: null });
    if (isUnread || isWhole) [state.seen, state.count] = [this.total, this.total];
    if (isUnread && order !== 'none') {
      state.swept = Math.min(state.swept, this.now - HOUR);
      state.sweep = { edge: this.total, sought: 0 };
    }
    for (const [page, items] of sorted) {
      this.place(page, items);
      if (isUnread || isWhole) this.learn(items);
    }
  }

  /** Created since the Zap was switched on. */
  isNew({ createdAt }: Item): boolean {
    return createdAt >= sinceOf(this.poll.start);
  }

  /** A gap counts as dealt with, as nothing can be read there. */
  isDealtWith(item: Item | undefined): boolean {
    return !item || this.known.has(item.fingerprint) || item.createdAt < this.floor;
  }

  /** Remembers that these contacts have been returned. */
  learn(items: Iterable<Item>): void {
    for (const item of items) {
      if (this.known.has(item.fingerprint)) continue;
      this.known.add(item.fingerprint);
      this.added.push(item);
    }
  }

  /** Deals with a contact. True where it is a new one that has not been counted before. */
  deal(item: Item | undefined): boolean {
    const isFound = item !== undefined && !this.known.has(item.fingerprint) && this.isNew(item);
    if (item) this.learn([item]);
    if (isFound) this.state.count = Math.min(this.state.count + 1, this.total);
    return isFound;
  }

  /** Whether fingerprints of all new contacts from this position on are still there. */
  isRemembered(position: number): boolean {
    const { fingerprints } = this.poll;
    return this.known.size < fingerprints || position >= this.state.seen - fingerprints;
  }

  /** What may have come while it was read: all that did not certainly stand below the lowest total. */
  get arrivals(): Item[] {
    if (this.isCounted && this.moves === 0) return [];
    const early = [...this.positions].flatMap(([position, item]) => (position < this.lowest ? item : []));
    return [...this.items.values()].filter((item) => !early.includes(item));
  }

  /** Begins anew: these contacts are known, and so many others are not. */
  settle(known: Item[], unknown: number): void {
    const count = Math.max(Math.min(this.lowest, this.total) - unknown, 0);
    Object.assign(this.state, { seen: count, count, swept: this.now, sweep: null, known: '' });
    this.added.splice(0, this.added.length, ...known);
  }

  /** What to remember of it for the next poll. */
  remember(): ListState {
    const added = this.added.toSorted((a, b) => a.createdAt - b.createdAt);
    const known = this.state.known + added.map((item) => item.fingerprint).join('');
    return { ...this.state, known: known.slice(-this.poll.fingerprints * FINGERPRINT) };
  }
}
