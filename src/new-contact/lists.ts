import type { Contact } from '../models/contact.ts';
import { type Item, newestFirst } from '../polling/paged-list.ts';
import { type Poll, WatchedList } from './list.ts';
import { readNew, readNewest, sweepOn } from './sorted.ts';
import type { ListState, Start, State } from './state.ts';
import { readEnds, readInTurns } from './turns.ts';

/** What a poll gives: contacts, newest first, and what to remember. */
export type Outcome = { contacts: Contact[]; state: State };

export const outcomeOf = (start: Start, lists: WatchedList[], items: Item[], first = 0): Outcome => ({
  contacts: newestFirst(items).map(({ contact }) => contact),
  state: { ...start, first, lists: lists.map((list) => list.remember()) },
});

/** Opens the lists of these values, with what is remembered of each. */
export function openLists(values: string[], poll: Poll, remembered: ListState[] = []): WatchedList[] {
  const known = remembered.length === values.length ? remembered : [];
  return values.map((value, index) => new WatchedList(value, known[index], values.length, poll));
}

const readEnd = (list: WatchedList) => (list.isSorted ? readNewest(list) : readEnds(list));

/** Reads lists as far as the poll's limits go, from the one at `first` on: the newest end of each, then the rest. */
export async function readLists(lists: WatchedList[], { reader, start }: Poll, first = 0): Promise<void> {
  const rotated = [...lists.slice(first), ...lists.slice(0, first)];
  for (const [index, list] of rotated.entries()) {
    // Half of what the poll may take is left for the rest of the lists.
    if (index > 0 && reader.isHalfSpent) reader.unserved.add(list.value);
    else await readEnd(list);
  }
  const begun = rotated.filter(({ requests }) => requests > 0);
  const complete = new Set<WatchedList>();
  for (const list of begun) if (list.isSorted && (await readNew(list))) complete.add(list);
  for (const list of begun) {
    while (complete.has(list) && (await sweepOn(list)));
    if (!list.isSorted) await readInTurns(list);
  }
  start.isAhead ||= lists.some(({ isAhead }) => isAhead);
}
