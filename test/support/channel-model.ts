import { DAY } from '../../src/polling/durations.ts';

// A model of the channel API, in which contacts are created, deleted and changed between requests. Times are in seconds.

export type Sort = 'newest' | 'oldest' | 'hash' | 'touched';

export class Person {
  readonly id: string;
  readonly seq: number;
  /** When the contact was created, also in fractions of a second, which the API's `created_at` leaves out. */
  readonly born: number;
  /** When it was last active, which may decide where it stands in a list. */
  touched: number;
  /** The values of the watched field that the contact matches. If there are several, it is in the list of each. */
  readonly values = new Set<string>();
  /** The contact's fields other than the watched one, and its tags. */
  fields: Record<string, unknown> = {};
  tags: string[] = [];
  gone = false;
  /** True if the API returns it with a `created_at` that is no date, so that the integration cannot read it. */
  isDamaged = false;
  /** True if it starts to match only some time after its creation. */
  tardy = false;

  constructor(seq: number, born: number) {
    this.id = `cus_${seq}`;
    this.seq = seq;
    this.born = born;
    this.touched = born;
  }
}

export interface ChannelOptions {
  sort: Sort;
  /** The number of contacts on a page. */
  size: number;
  /** The order of contacts that were created in the same second: as created, or arbitrary. */
  ties: 'sequence' | 'hash';
  meta: 'full' | 'total' | 'none';
  tellsTime: boolean;
  /** The seconds that a request takes, by which the channel's time advances. */
  latency: number;
  /** The seconds by which the polling machine's clock is ahead of the channel's time. */
  localAhead: number;
  /** The seconds by which `created_at` is ahead of the channel's time. */
  createdAhead: number;
  /** The seconds by which the server's `Date` header is ahead of the channel's time. */
  dateAhead: number;
}

export interface Answer {
  status: number;
  body: string;
  date: string | undefined;
}

export const usual: ChannelOptions = {
  sort: 'newest',
  size: 10,
  ties: 'sequence',
  meta: 'full',
  tellsTime: true,
  latency: 0.05,
  localAhead: 0,
  createdAhead: 0,
  dateAhead: 0,
};

function scramble(seq: number): number {
  let hash = Math.imul(seq + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export class Channel {
  now = 1_750_000_000.5;
  requests = 0;
  /** Called before each request is answered. It may change contacts or the time, or return an answer to send instead. */
  beforeAnswer: (request: number) => Omit<Answer, 'date'> | undefined = () => undefined;
  readonly options: ChannelOptions;
  readonly people: Person[] = [];
  private readonly lists = new Map<string, Person[]>();

  constructor(options: Partial<ChannelOptions> = {}) {
    this.options = { ...usual, ...options };
  }

  private compare = (a: Person, b: Person): number => {
    const { sort, ties } = this.options;
    const tie = ties === 'hash' ? scramble(a.seq) - scramble(b.seq) : a.seq - b.seq;
    if (sort === 'hash') return scramble(a.seq) - scramble(b.seq);
    if (sort === 'touched') return a.touched - b.touched || a.seq - b.seq;
    return this.createdAt(a) - this.createdAt(b) || tie;
  };

  private place(list: Person[], person: Person): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = list[middle];
      if (other && this.compare(other, person) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private list(value: string): Person[] {
    const list = this.lists.get(value) ?? [];
    this.lists.set(value, list);
    return list;
  }

  /** Returns the `created_at` that the API reports, in whole seconds. */
  private createdAt({ born }: Person): number {
    return Math.floor(born + this.options.createdAhead);
  }

  /** Creates a contact as if that had happened `ago` seconds before now. */
  create(values: string[], ago = 0): Person {
    const person = new Person(this.people.length, this.now - ago);
    this.people.push(person);
    for (const value of values) this.match(person, value);
    return person;
  }

  /** Makes the contact match this value too, unless it was removed. */
  match(person: Person, value: string): void {
    if (person.gone || person.values.has(value)) return;
    person.values.add(value);
    const list = this.list(value);
    list.splice(this.place(list, person), 0, person);
  }

  unmatch(person: Person, value: string): void {
    if (!person.values.delete(value)) return;
    const list = this.list(value);
    list.splice(this.place(list, person), 1);
  }

  /** Makes the contact match only this value, or no value at all if none is given. */
  change(person: Person, value?: string): void {
    for (const other of [...person.values]) if (other !== value) this.unmatch(person, other);
    if (value !== undefined) this.match(person, value);
  }

  remove(person: Person): void {
    for (const value of [...person.values]) this.unmatch(person, value);
    person.gone = true;
  }

  /** Edits the contact, with new fields or tags if given. If the list is sorted by activity, the contact moves up. */
  touch(person: Person, has: Partial<Pick<Person, 'fields' | 'tags'>> = {}): void {
    Object.assign(person, has);
    const values = [...person.values];
    for (const value of values) this.unmatch(person, value);
    person.touched = this.now;
    for (const value of values) this.match(person, value);
  }

  /** Changes the order of every list, as if the platform sorted its results differently from now on. */
  resort(sort: Sort): void {
    this.options.sort = sort;
    for (const list of this.lists.values()) list.sort(this.compare);
  }

  /** Adds `count` contacts created evenly over the last `days`. It sorts once at the end, which is faster than `create`. */
  fill(values: string[], count: number, days: number): void {
    const lists = values.map((value) => this.list(value));
    for (let index = 0; index < count; index += 1) {
      const person = this.create([], ((count - index) / count) * days * DAY + 2);
      for (const [which, value] of values.entries()) {
        person.values.add(value);
        lists[which]?.push(person);
      }
    }
    this.resort(this.options.sort);
  }

  /** Returns the contacts of a page in the list's order. This counts as no request and takes no time. */
  page(value: string, page: number): Person[] {
    const { size, sort } = this.options;
    const list = this.list(value);
    const from = (page - 1) * size;
    if (sort === 'oldest' || sort === 'hash') return list.slice(from, from + size);
    const end = Math.max(list.length - from, 0);
    return list.slice(Math.max(end - size, 0), end).reverse();
  }

  /** Returns the number of pages. An empty list has one. */
  pages(value: string): number {
    return Math.max(Math.ceil(this.list(value).length / this.options.size), 1);
  }

  /** Answers one request for a page of the contacts that match a value. */
  answer(query: URLSearchParams): Answer {
    const { size, meta, tellsTime, latency, dateAhead } = this.options;
    this.now += latency;
    this.requests += 1;
    const date = tellsTime ? new Date(Math.floor(this.now + dateAhead) * 1000).toUTCString() : undefined;
    const instead = this.beforeAnswer(this.requests);
    if (instead) return { ...instead, date };
    const { name = '', value = '', page = '1' } = Object.fromEntries(query);
    const data = this.page(value, Number(page)).map((person) => ({
      id: person.id,
      created_at: person.isDamaged ? 'long ago' : this.createdAt(person),
      tags: person.tags,
      custom_fields: { [name]: value, ...person.fields },
    }));
    const total = this.list(value).length;
    const full = { total, per_page: size, last_page: this.pages(value), current_page: Number(page) };
    const shown = { full: { meta: full }, total: { meta: { total } }, none: {} }[meta];
    return { status: 200, body: JSON.stringify({ data, ...shown }), date };
  }
}
