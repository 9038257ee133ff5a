import type { TimedPage } from '../api/contact-search.ts';
import type { Contact, ContactPage } from '../models/contact.ts';
import { falls, isByAge, judgeOrder, type Order, SLACK } from './order.ts';

/** A contact, when it was created, and when it was read by the server's clock (NaN if that is not told), in Unix seconds. */
export type Item = { contact: Contact; createdAt: number; readAt: number };

export function newestFirst(items: Item[]): Item[] {
  const once = new Map(items.map((item) => [item.contact.id, item]));
  return [...once.values()].sort((a, b) => b.createdAt - a.createdAt);
}

/** How a list is sorted, and its contacts per page, as far as they are known. */
type Shape = { order: Order; size: number };
type ReadPage = (page: number) => Promise<TimedPage | undefined>;

/** The part of a list that was read. Positions in a sorted list count from its oldest end, which stays in place. */
export abstract class PagedList {
  total: number; // How many contacts there are.
  isCounted = true; // False if the API tells no total. Then the list counts as unsorted.
  lowest = Number.POSITIVE_INFINITY; // The lowest total of this poll.
  moves = 0; // How often the total changed in this poll.
  requests = 0;
  readonly items = new Map<string, Item>(); // Every contact that was read, by ID.
  readonly pages = new Map<number, (Item | undefined)[]>(); // By number, the pages read since the total last changed.
  private readonly early = new Set<string>(); // The IDs that were read before the total first changed.
  private readonly positions = new Map<number, Item | undefined>(); // Those of a sorted list, by position; undefined if unreadable.
  private readonly shape: Shape;
  private readonly readPage: ReadPage;

  /** Reading updates `shape`. `readPage` returns undefined if the poll's limits are reached. */
  constructor(shape: Shape, total: number, readPage: ReadPage) {
    this.shape = shape;
    this.total = total;
    this.readPage = readPage;
  }

  /** Called if the total has changed since the last page was read or, for the first page, since the last poll. */
  protected abstract moved(growth: number, isFirst: boolean): void;

  /** Called if a list that counted as sorted turns out not to be. */
  protected abstract disordered(): void;

  get isSorted(): boolean {
    return isByAge(this.shape.order);
  }

  /** The number of the last page; if no total tells it, the first page that is not full. */
  get lastPage(): number {
    if (this.isCounted) return Math.max(Math.ceil(this.total / this.shape.size), 1);
    const short = [...this.pages].filter(([, items]) => items.length < this.shape.size);
    return Math.min(Number.POSITIVE_INFINITY, ...short.map(([page]) => page));
  }

  pageOf(position: number): number {
    const index = this.shape.order === 'newest first' ? this.total - 1 - position : position;
    return Math.max(Math.floor(index / this.shape.size) + 1, 1);
  }

  /** Returns the first page from `page` on that was not read since the total last changed. */
  unread(page: number): number {
    return this.pages.has(page) ? this.unread(page + 1) : page;
  }

  /** True if a contact is dated later than the server's clock. */
  get isAhead(): boolean {
    return [...this.items.values()].some(({ createdAt, readAt }) => createdAt > readAt + SLACK);
  }

  has = (position: number): boolean => this.positions.has(position);

  /** Returns the contact at a position; undefined if the poll's limits are reached, or if the list is not sorted. */
  async at(position: number): Promise<{ item: Item | undefined } | undefined> {
    const isInside = () => position >= 0 && position < this.total;
    while (this.isSorted && isInside() && !this.has(position)) {
      if (!(await this.read(this.pageOf(position)))) return undefined;
    }
    return this.isSorted ? { item: this.positions.get(position) } : undefined;
  }

  /** Reads a page. False if the poll's limits are reached. */
  async read(page: number): Promise<boolean> {
    const answer = await this.readPage(page);
    if (!answer) return false;
    const itemOf = (contact: Contact): Item => ({
      contact,
      createdAt: Math.floor(Date.parse(contact.created_at) / 1000),
      readAt: answer.serverTime ?? Number.NaN,
    });
    const items = answer.entries.map((entry) => entry && itemOf(entry));
    this.requests += 1;
    this.measure(answer, items.length);
    this.pages.set(page, items);
    for (const item of items.filter((one) => one !== undefined)) {
      this.items.set(item.contact.id, item);
      if (this.isCounted && this.moves === 0) this.early.add(item.contact.id);
    }
    this.place(page, items);
    return true;
  }

  /** Updates total and page size from a page. If the total changed, contacts that were read may have moved. */
  private measure({ total, perPage }: ContactPage, length: number): void {
    this.shape.size = Math.max(perPage ?? this.shape.size, length, 1);
    this.isCounted = total !== undefined;
    if (total === undefined) this.distrust();
    const growth = (total ?? this.total) - this.total;
    this.total += growth;
    this.lowest = Math.min(this.lowest, this.total);
    if (growth === 0) return;
    this.pages.clear();
    this.positions.clear();
    const isFirst = this.requests === 1;
    this.moves += isFirst ? 0 : 1;
    this.moved(growth, isFirst);
  }

  private place(page: number, items: (Item | undefined)[]): void {
    const { order, size } = this.shape;
    for (let index = 0; this.isSorted && index < size; index += 1) {
      const offset = (page - 1) * size + index;
      const position = order === 'newest first' ? this.total - 1 - offset : offset;
      if (position >= 0 && position < this.total) this.positions.set(position, items[index]);
    }
    const placed = [...this.positions].sort(([a], [b]) => a - b);
    if (falls(placed.flatMap(([, item]) => item?.createdAt ?? []))) this.distrust();
  }

  private distrust(): void {
    this.positions.clear();
    if (this.isSorted) this.disordered();
    if (this.isSorted) this.shape.order = 'none';
  }

  /** Returns the order of the pages that were read since the total last changed. */
  judge(): Order {
    const sorted = [...this.pages].sort(([a], [b]) => a - b);
    const times = sorted.flatMap(([, items]) => items.flatMap((item) => item?.createdAt ?? []));
    return this.isCounted ? judgeOrder(times) : 'none';
  }

  /** From now on, the list counts as sorted in this order. */
  protected sortBy(order: Order): void {
    this.shape.order = order;
    for (const [page, items] of this.pages) this.place(page, items);
  }

  /** True if a contact was certainly in the list when this poll began to read the list. */
  wasThere(item: Item): boolean {
    const isBelow = ([position, other]: [number, unknown]) => other === item && position < this.lowest;
    return this.early.has(item.contact.id) || [...this.positions].some(isBelow);
  }
}
