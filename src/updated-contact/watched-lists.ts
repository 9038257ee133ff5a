import { toPlatformError } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import type { Contact, ContactPage } from '../models/contact.ts';

/** Reads a page of a value's list; gives undefined where no more is to be read in this poll. */
export type ReadPage = (value: string, page: number) => Promise<ContactPage | undefined>;

/** Contacts that one Zap can watch: 50 requests of a poll bring ten each. */
const mostContacts = 500;

/** A page of one of the watched values: where a reading begins or goes on. */
export interface Place {
  value: number;
  page: number;
}

/** One reading of the contacts that have one of the watched values. */
export interface Reading {
  contacts: Map<string, Contact>;
  /** How many contacts have each value; undefined where the API does not say, or the list moved while it was read. */
  counts: (number | undefined)[];
  /** Whether something shows that a list moved while it was read. */
  hasMoved: boolean;
  /** Where the next reading goes on; undefined where this one came to the end. */
  next: Place | undefined;
}

/** What is known of one value's list while it is read. */
class WatchedList {
  total: number | undefined;
  private size = 1;
  private totalChanged = false;
  private isRepeating = false;
  /** How many entries could not be read. */
  private unread = 0;
  readonly ids = new Set<string>();

  /** Takes over a page. Gives whether it was the last one. */
  take({ contacts, entries, total, perPage }: ContactPage, page: number): boolean {
    this.totalChanged ||= this.total !== undefined && total !== this.total;
    this.total = total;
    this.size = Math.max(this.size, perPage ?? 0, entries.length);
    this.unread += entries.length - contacts.length;
    for (const { id } of contacts) {
      this.isRepeating ||= this.ids.has(id);
      this.ids.add(id);
    }
    // A list may have become shorter than the place where a reading goes on.
    const isPastEnd = entries.length === 0;
    return isPastEnd || (total === undefined ? entries.length < this.size : page * this.size >= total);
  }

  /** How many contacts the list holds, where all of them were seen and none came or went meanwhile. */
  get wholeCount(): number | undefined {
    return !this.totalChanged && this.ids.size + this.unread === this.total ? this.total : undefined;
  }

  /** Whether something shows that contacts came or went while the list was read from its first page to its last. */
  get hasMoved(): boolean {
    return this.total === undefined ? this.totalChanged || this.isRepeating : this.wholeCount === undefined;
  }
}

/** Throws where more contacts have the watched values than one Zap can watch. */
function checkSize(lists: WatchedList[]): void {
  const known = lists.reduce((sum, { total, ids }) => sum + (total ?? ids.size), 0);
  if (known <= mostContacts) {
    return;
  }
  throw toPlatformError({
    kind: 'refused',
    code: 'too_many_contacts',
    sentence: `${count(known, 'contact')} have one of the watched values. Updated Contact can watch at most ${mostContacts}.`,
    remedy:
      'Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.',
  });
}

/** The place after a page: the next page of the same value, or the first of the next value. */
function placeAfter({ value, page }: Place, isLast: boolean, values: string[]): Place | undefined {
  if (!isLast) {
    return { value, page: page + 1 };
  }
  return value + 1 < values.length ? { value: value + 1, page: 1 } : undefined;
}

/** Reads the contacts of these values from a place on, as far as `read` goes. Throws where they are too many. */
export async function readWatched(values: string[], read: ReadPage, from: Place): Promise<Reading> {
  const lists = values.map((name) => ({ name, list: new WatchedList() }));
  const contacts = new Map<string, Contact>();
  let next: Place | undefined = from;
  while (next) {
    const watched = lists[next.value];
    const answer = watched && (await read(watched.name, next.page));
    if (!answer) {
      break;
    }
    const isLast = watched.list.take(answer, next.page);
    checkSize(lists.map(({ list }) => list));
    for (const contact of answer.contacts) {
      contacts.set(contact.id, contact);
    }
    next = placeAfter(next, isLast, values);
  }
  return {
    contacts,
    counts: lists.map(({ list }) => list.wholeCount),
    hasMoved: lists.some(({ list }) => list.hasMoved),
    next,
  };
}
