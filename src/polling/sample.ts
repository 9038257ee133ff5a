import type { Contact } from '../models/contact.ts';
import type { PageReader } from './page-reader.ts';
import type { TimedPage } from './paged-list.ts';

/** A few recent contacts for the editor, newest first, in at most two requests: of both ends of the first list, or of the second. */
export async function readSample(
  reader: PageReader<TimedPage>,
  [value, other]: [string, ...string[]],
): Promise<Contact[]> {
  const first = await reader.read(value, 1);
  const lastPage = Math.ceil((first?.total ?? 0) / (first?.perPage ?? first?.contacts.length ?? 1));
  const isEmpty = first?.contacts.length === 0 && other !== undefined;
  const second = isEmpty ? await reader.read(other, 1) : lastPage > 1 && (await reader.read(value, lastPage));
  const contacts = [...(first?.contacts ?? []), ...(second ? second.contacts : [])];
  return contacts.sort((a, b) => b.created_at.localeCompare(a.created_at)).slice(0, 3);
}
