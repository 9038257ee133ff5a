import * as schema from 'zod/mini';
import type { ContactPage } from '../models/contact.ts';

/** The size of each list; null if the API does not tell. */
export const totalsSchema = schema.array(schema.nullable(schema.number()));

/** The progress of a reading, from which the next poll goes on if this one cannot finish it. */
export const progressSchema = schema.object({
  list: schema.number(),
  page: schema.number(),
  pages: schema.number(), // Pages and entries that were read, unreadable ones included; entries per page.
  entries: schema.number(),
  unread: schema.number(),
  size: schema.number(),
  totals: totalsSchema, // The totals of the lists that were begun, and the sum of those that are known.
  sum: schema.number(),
  /** True if a list has changed during the reading, so that a contact may have been passed over. */
  hasMoved: schema.boolean(),
});
type Progress = schema.infer<typeof progressSchema>;

/** One reading of the lists of all watched values, each from its first page to its last. */
export class Reading {
  readonly progress: Progress;
  private readonly values: string[];
  /** The IDs that this poll has read in the current list. */
  private readonly ids = new Set<string>();

  constructor(values: string[], progress: Progress | null) {
    this.values = values;
    const nothing = { list: 0, page: 1, pages: 0, entries: 0, unread: 0, size: 1 };
    this.progress = structuredClone(progress ?? { ...nothing, totals: [], sum: 0, hasMoved: false });
  }

  /** The value whose list is read next; undefined after the last one. */
  get value(): string | undefined {
    return this.values[this.progress.list];
  }

  /** Counts a page that was read, and moves on to the next page or list. */
  take({ contacts, entries: { length }, perPage = 0, ...page }: ContactPage): void {
    const { progress, ids } = this;
    const { total = null } = page;
    if (progress.page === 1) {
      progress.totals.push(total);
      progress.sum += total ?? 0;
    }
    progress.hasMoved ||= progress.totals[progress.list] !== total || contacts.some(({ id }) => ids.has(id));
    for (const { id } of contacts) ids.add(id);
    progress.pages += 1;
    progress.entries += length;
    progress.unread += length - contacts.length;
    progress.size = Math.max(progress.size, perPage, length);
    const hasMore = total === null ? length === progress.size : progress.page * progress.size < total;
    // An empty page also ends a list that has become shorter since its last page was read.
    if (hasMore && length > 0) {
      progress.page += 1;
      return;
    }
    progress.hasMoved ||= total !== null && progress.entries !== progress.sum;
    Object.assign(progress, { list: progress.list + 1, page: 1 });
    ids.clear();
  }
}
