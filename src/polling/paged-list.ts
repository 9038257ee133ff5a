import type { Contact, ContactPage } from '../models/contact.ts';
import { falls, isByAge, judgeOrder, type Order, SLACK } from './order.ts';
import type { PageReader } from './page-reader.ts';

/** A page, and the server's clock in Unix seconds. */
export type TimedPage = ContactPage & { serverTime?: number };

export interface Item {
  contact: Contact;
  /** When it was created, and the server's clock when it was read, in Unix seconds; NaN where that is not told. */
  createdAt: number;
  readAt: number;
}

/** What reads the pages of the lists in one poll. */
export type Reader = PageReader<TimedPage>;

/** Contacts, each once, newest first. */
export const newestFirst = (items: Item[]): Item[] =>
  [...new Map(items.map((item) => [item.contact.id, item])).values()].sort(
    (a, b) => b.createdAt - a.createdAt,
  );

/**
 * A list of contacts, as far as it was read in one poll. A position in a sorted list is counted from the oldest end,
 * where newer contacts do not move it; in an unsorted one, from the first page on.
 */
export abstract class PagedList {
  /** How many contacts there are. Where the API does not say, `isCounted` is false, and the list counts as unsorted. */
  total: number;
  isCounted = true;
  /** The lowest total of this poll, and how often it changed. */
  lowest = Number.POSITIVE_INFINITY;
  moves = 0;
  /** How many pages were read. */
  requests = 0;
  /** The IDs of what was read before the total changed for the first time. */
  private readonly early = new Set<string>();
  /** Every contact that was read, by ID. */
  readonly items = new Map<string, Item>();
  /** What was read since the total last changed, by page; undefined where an entry could not be read. */
  readonly pages = new Map<number, (Item | undefined)[]>();
  /** What stands where in a sorted list; undefined where an entry could not be read, or a page was shorter than the API says. */
  private readonly positions = new Map<number, Item | undefined>();
  private readonly shape: { order: Order; size: number };
  private readonly readPage: (page: number) => Promise<TimedPage | undefined>;

  /**
   * `shape` is the order and the contacts a page, as far as they are known; it is kept up to date.
   * `readPage` gives undefined where no more is to be read in this poll.
   */
  constructor(
    shape: { order: Order; size: number },
    total: number,
    readPage: (page: number) => Promise<TimedPage | undefined>,
  ) {
    this.shape = shape;
    this.total = total;
    this.readPage = readPage;
  }

  /** The total is not what it was when the last page was read, or, at the first page, when the last poll ended. */
  protected abstract moved(growth: number, isFirst: boolean): void;

  /** The list was taken for a sorted one, and is not. */
  protected abstract disordered(): void;

  get isSorted(): boolean {
    return isByAge(this.shape.order);
  }

  /** The number of the last page: the first that is not full where no total tells it. */
  get lastPage(): number {
    if (this.isCounted) return Math.max(Math.ceil(this.total / this.shape.size), 1);
    const short = [...this.pages].filter(([, items]) => items.length < this.shape.size);
    return Math.min(Number.POSITIVE_INFINITY, ...short.map(([page]) => page));
  }

  pageOf(position: number): number {
    const index = this.shape.order === 'newest first' ? this.total - 1 - position : position;
    return Math.max(Math.floor(index / this.shape.size) + 1, 1);
  }

  /** The first page from `page` on that was not read since the total last changed. */
  unread(page: number): number {
    return this.pages.has(page) ? this.unread(page + 1) : page;
  }

  /** Whether a contact is dated later than the server's clock. */
  get isAhead(): boolean {
    return [...this.items.values()].some(({ createdAt, readAt }) => createdAt > readAt + SLACK);
  }

  has(position: number): boolean {
    return this.positions.has(position);
  }

  /** What stands at a position of a sorted list; undefined where no more is to be read, or the list is not sorted. */
  async at(position: number): Promise<{ item: Item | undefined } | undefined> {
    const isInside = () => position >= 0 && position < this.total;
    while (this.isSorted && isInside() && !this.has(position)) {
      if (!(await this.read(this.pageOf(position)))) return undefined;
    }
    return this.isSorted ? { item: this.positions.get(position) } : undefined;
  }

  /** Reads a page. False where no more is to be read in this poll. */
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
    for (const item of items) {
      if (!item) continue;
      this.items.set(item.contact.id, item);
      if (this.isCounted && this.moves === 0) this.early.add(item.contact.id);
    }
    this.place(page, items);
    return true;
  }

  /** Takes over what a page says of the list. Where contacts went, others may stand in their places now. */
  private measure({ total, perPage }: ContactPage, length: number): void {
    this.shape.size = Math.max(perPage ?? this.shape.size, length, 1);
    this.isCounted = total !== undefined;
    if (total === undefined) {
      this.distrust();
      return;
    }
    const growth = total - this.total;
    this.total = total;
    this.lowest = Math.min(this.lowest, total);
    if (growth === 0) return;
    this.pages.clear();
    this.positions.clear();
    const isFirst = this.requests === 1;
    if (!isFirst) this.moves += 1;
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
    if (!this.isSorted) return;
    this.shape.order = 'none';
    this.disordered();
  }

  /** The order that the pages read since the total last changed show. */
  judge(): Order {
    const sorted = [...this.pages].sort(([a], [b]) => a - b);
    const times = sorted.flatMap(([, items]) => items.flatMap((item) => item?.createdAt ?? []));
    return this.isCounted ? judgeOrder(times) : 'none';
  }

  /** Takes the list for one of this order from now on. */
  protected sortBy(order: Order): void {
    this.shape.order = order;
    for (const [page, items] of this.pages) this.place(page, items);
  }

  /** Whether a contact certainly stood in the list when it was first read. */
  wasThere(item: Item): boolean {
    if (this.early.has(item.contact.id)) return true;
    return [...this.positions].some(([position, other]) => other === item && position < this.lowest);
  }
}
