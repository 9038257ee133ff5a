import { DAY } from '../../src/polling/durations.ts';

// A model of the channel API: contacts that come, go and change while they are read. Times are in seconds.

export type Sort = 'newest' | 'oldest' | 'hash' | 'touched';

export interface Person {
  id: string;
  /** When it was created, and the whole second that the API tells. */
  born: number;
  at: number;
  seq: number;
  touched: number;
  /** The values that the watched field has. Most tests use one; a contact can be in several lists at once. */
  values: Set<string>;
  /** Its other fields, and its tags. */
  fields: Record<string, unknown>;
  tags: string[];
  gone: boolean;
  /** The API answers it in a form that cannot be read. */
  isDamaged: boolean;
  /** It starts to match some time after its creation. */
  tardy: boolean;
}

export interface ChannelOptions {
  sort: Sort;
  /** Contacts a page. */
  size: number;
  /** How contacts of one second are sorted among themselves. */
  ties: 'sequence' | 'hash';
  meta: 'full' | 'total' | 'none';
  stamp: 'number' | 'numeric' | 'iso';
  numericIds: boolean;
  tellsTime: boolean;
  /** Seconds that a request takes. */
  latency: number;
  /** Seconds by which the clock of the machine that polls is ahead. */
  localAhead: number;
  /** Seconds by which the clock of `created_at` is ahead of the channel's time. */
  createdAhead: number;
  /** Seconds by which the clock that the server tells is ahead of the channel's time. */
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
  stamp: 'number',
  numericIds: false,
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
  /** Called before each request is answered: the list may move, time may pass, or another answer may take the real one's place. */
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
    return a.at - b.at || tie;
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

  /** How many contacts match. */
  count(value: string): number {
    return this.list(value).length;
  }

  /** Creates a contact `ago` seconds back. */
  create(values: string[], ago = 0, has: Partial<Pick<Person, 'fields' | 'tags'>> = {}): Person {
    const seq = this.people.length;
    const born = this.now - ago;
    const id = this.options.numericIds ? String(1_776_000_000_000_000 + seq) : `cus_${seq}`;
    const person: Person = {
      tardy: false,
      id,
      born,
      at: Math.floor(born + this.options.createdAhead),
      seq,
      touched: born,
      values: new Set(),
      fields: {},
      tags: [],
      gone: false,
      isDamaged: false,
      ...has,
    };
    this.people.push(person);
    for (const value of values) this.match(person, value);
    return person;
  }

  /** The contact's field takes on a watched value. */
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

  /** The watched field changes to this value; to nothing if there is none. */
  change(person: Person, value?: string): void {
    for (const other of [...person.values]) if (other !== value) this.unmatch(person, other);
    if (value !== undefined) this.match(person, value);
  }

  remove(person: Person): void {
    for (const value of [...person.values]) this.unmatch(person, value);
    person.gone = true;
  }

  /** An edit of other fields and tags, or of neither. It moves the contact if the list is sorted by activity. */
  touch(person: Person, has: Partial<Pick<Person, 'fields' | 'tags'>> = {}): void {
    Object.assign(person, has);
    const values = [...person.values];
    for (const value of values) this.unmatch(person, value);
    person.touched = this.now;
    for (const value of values) this.match(person, value);
  }

  /** The order of results changes from one day to the next. */
  resort(sort: Sort): void {
    this.options.sort = sort;
    for (const list of this.lists.values()) list.sort(this.compare);
  }

  /** Fills a list with old contacts, spread evenly over `days` before now, in one go. */
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

  private stamp(person: Person): number | string {
    const { stamp } = this.options;
    if (stamp === 'iso') return new Date(person.at * 1000).toISOString();
    return stamp === 'numeric' ? String(person.at) : person.at;
  }

  /** The contacts of a page, in the list's order; reading them takes no request. */
  page(value: string, page: number): Person[] {
    const { size, sort } = this.options;
    const list = this.list(value);
    const from = (page - 1) * size;
    if (sort === 'oldest' || sort === 'hash') return list.slice(from, from + size);
    const end = Math.max(list.length - from, 0);
    return list.slice(Math.max(end - size, 0), end).reverse();
  }

  /** How many pages there are, at least one. */
  pages(value: string): number {
    return Math.max(Math.ceil(this.count(value) / this.options.size), 1);
  }

  /** Answers one request for a page of a value's list. */
  answer(query: URLSearchParams): Answer {
    const { size, meta, numericIds, tellsTime, latency, dateAhead } = this.options;
    this.now += latency;
    this.requests += 1;
    const date = tellsTime ? new Date(Math.floor(this.now + dateAhead) * 1000).toUTCString() : undefined;
    const instead = this.beforeAnswer(this.requests);
    if (instead) return { ...instead, date };
    const name = query.get('name') ?? '';
    const value = query.get('value') ?? '';
    const page = Number(query.get('page') ?? 1);
    const data = this.page(value, page).map((person) => ({
      id: numericIds ? Number(person.id) : person.id,
      created_at: person.isDamaged ? 'long ago' : this.stamp(person),
      tags: person.tags,
      custom_fields: { [name]: value, ...person.fields },
    }));
    const total = this.count(value);
    const full = { total, per_page: size, last_page: this.pages(value), current_page: page };
    const shown = { full: { meta: full }, total: { meta: { total } }, none: {} }[meta];
    return { status: 200, body: JSON.stringify({ data, ...shown }), date };
  }
}
