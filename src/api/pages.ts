import type { Contact } from '../models/contact.ts';
import type { Found } from './contact-search.ts';
import { latestPage } from './time-limit.ts';

/** The part of a list that was read. */
export interface FoundContacts {
  contacts: Contact[];
  /** The size of the whole list; undefined if the API does not tell it and the list was not read to its end. */
  total: number | undefined;
  hasMore: boolean; // True if the list holds more contacts, or may hold more.
}

/** Reads up to `limit` contacts, as long as pages bring new ones and time is left. A contact on two pages counts once. */
export async function readPages(
  limit: number,
  readPage: (page: number) => Promise<Found>,
  secondsSinceStart: () => number,
): Promise<FoundContacts> {
  const found = new Map<string, Contact>();
  let total: number | undefined;
  let isWhole = false;
  for (let page = 1; !isWhole && found.size < limit; page += 1) {
    const before = found.size;
    const read = await readPage(page);
    for (const contact of read.contacts) found.set(contact.id, contact);
    total = read.total ?? total;
    isWhole = found.size === before || found.size >= (total ?? Number.POSITIVE_INFINITY);
    if (secondsSinceStart() > latestPage) break;
  }
  const isCounted = isWhole || total !== undefined;
  const known = Math.max(total ?? 0, found.size);
  const contacts = [...found.values()].slice(0, limit);
  return { contacts, total: isCounted ? known : undefined, hasMore: !isCounted || contacts.length < known };
}
