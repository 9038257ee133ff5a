import type { TimedPage } from '../api/contact-search.ts';
import { type Contact, type ContactPage, withSameFields } from '../models/contact.ts';
import { isByAge, judgeOrder } from '../polling/order.ts';
import { PageReader } from '../polling/page-reader.ts';

const mostRequests = 20;
const mostMilliseconds = 10_000;
const mostContacts = 10;

const filledFields = ({ custom_fields }: Contact): number =>
  Object.values(custom_fields).filter((value) => value !== null && value !== '').length;

/** Returns the next page to read: first, last, then from the newest end if the list is sorted, otherwise all. */
function nextPage(pages: Map<number, ContactPage>): number | undefined {
  const first = pages.get(1);
  if (!first) return 1;
  const { total, entries, perPage = Math.max(entries.length, 1) } = first;
  const isAtEnd = [...pages.values()].some((page) => page.entries.length < perPage);
  const uncounted = isAtEnd ? pages.size : pages.size + 1;
  const last = total === undefined ? uncounted : Math.max(Math.ceil(total / perPage), 1);
  if (!pages.has(last)) return last;
  const read = [...pages].sort(([a], [b]) => a - b).flatMap(([, { contacts }]) => contacts);
  const order = judgeOrder(read.map(({ created_at }) => Date.parse(created_at) / 1000));
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  let isEnough = false;
  let contacts = 0;
  return (order === 'oldest first' ? numbers.reverse() : numbers).find((page) => {
    isEnough ||= isByAge(order) && contacts >= mostContacts;
    contacts += pages.get(page)?.entries.length ?? 0;
    return !pages.has(page) && !isEnough;
  });
}

/** The contacts that were read are shown even if a later page fails. */
const unlessFirst = (page: number) => (error: unknown) => {
  if (page === 1) throw error;
};

/** Returns the newest contacts for the test of a trigger, the fullest first, because users build their Zap on the first. */
export async function readSample(
  readPage: (list: string, page: number) => Promise<TimedPage>,
  values: string[],
): Promise<Contact[]> {
  const reader = new PageReader(readPage, mostRequests, mostMilliseconds);
  const lists = values.map((value) => ({ value, pages: new Map<number, ContactPage>() }));
  for (let isOver = false; !isOver; ) {
    isOver = true;
    for (const { value, pages } of lists) {
      const next = nextPage(pages);
      const page = next && (await reader.read(value, next).catch(unlessFirst(next)));
      if (next && page) {
        pages.set(next, page);
        isOver = false;
      }
    }
  }
  const read = lists.flatMap(({ pages }) => [...pages.values()]).flatMap(({ contacts }) => contacts);
  const contacts = [...new Map(read.map((contact) => [contact.id, contact])).values()];
  return withSameFields(contacts)
    .sort((a, b) => b.created_at.localeCompare(a.created_at))
    .slice(0, mostContacts)
    .sort((a, b) => filledFields(b) - filledFields(a));
}
