import type { Contact, ContactPage } from '../models/contact.ts';
import { latestPage } from './time-limit.ts';

/** The contacts of a list, as far as it was read. */
export interface FoundContacts {
  contacts: Contact[];
  /** All that the list holds; undefined where the API does not say and the list was not read to its end. */
  total: number | undefined;
  /** Whether the list holds more, as far as the API tells. */
  hasMore: boolean;
}

/**
 * Reads a list page after page, up to `limit` contacts. It ends at the total, at a page that brings nothing new, and
 * where another page could take the run beyond 25 seconds of its clock. A contact that moved to another page meanwhile counts once.
 */
export async function readPages(
  limit: number,
  readPage: (page: number) => Promise<ContactPage>,
  secondsSinceStart: () => number,
): Promise<FoundContacts> {
  const found = new Map<string, Contact>();
  let total: number | undefined;
  let isWhole = false;
  for (let page = 1; !isWhole && found.size < limit; page += 1) {
    const before = found.size;
    const read = await readPage(page);
    for (const contact of read.contacts) {
      found.set(contact.id, contact);
    }
    total = read.total ?? total;
    isWhole = found.size === before || found.size >= (total ?? Number.POSITIVE_INFINITY);
    if (secondsSinceStart() > latestPage) {
      break;
    }
  }
  const isCounted = isWhole || total !== undefined;
  const known = Math.max(total ?? 0, found.size);
  const contacts = [...found.values()].slice(0, limit);
  return {
    contacts,
    total: isCounted ? known : undefined,
    hasMore: !isCounted || contacts.length < known,
  };
}
