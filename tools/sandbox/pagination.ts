import type { Contact } from './contact.ts';
import { PAGE_SIZE } from './store.ts';

/**
 * The answer to a search, its keys in the documents' order. Links are plain HTTP and without the filter, as
 * the documents show them.
 */
export function paginate(contacts: readonly Contact[], total: number, page: number, path: string) {
  const lastPage = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const first = (page - 1) * PAGE_SIZE + 1;
  const link = (number: number) => `${path}?page=${number}`;
  return {
    data: contacts,
    links: {
      first: link(1),
      last: link(lastPage),
      prev: page > 1 ? link(page - 1) : null,
      next: page < lastPage ? link(page + 1) : null,
    },
    meta: {
      current_page: page,
      from: contacts.length > 0 ? first : null,
      last_page: lastPage,
      path,
      per_page: PAGE_SIZE,
      to: contacts.length > 0 ? first + contacts.length - 1 : null,
      total,
    },
  };
}
