import type { Contact, ContactPage } from '../models/contact.ts';

/** A few recent contacts for the editor, newest first, in at most two requests: of both ends of the first list, or of the second. */
export async function readSample(
  readPage: (list: string, page: number) => Promise<ContactPage>,
  [list, other]: [string, ...string[]],
): Promise<Contact[]> {
  const first = await readPage(list, 1);
  const lastPage = Math.ceil((first.total ?? 0) / (first.perPage ?? first.entries.length));
  const contacts = [...first.contacts];
  if (lastPage > 1) contacts.push(...(await readPage(list, lastPage)).contacts);
  else if (contacts.length === 0 && other !== undefined)
    contacts.push(...(await readPage(other, 1)).contacts);
  return contacts.sort((a, b) => b.created_at.localeCompare(a.created_at)).slice(0, 3);
}
