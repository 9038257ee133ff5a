import type { Contact } from '../models/contact.ts';
import { type Item, newestFirst } from '../polling/paged-list.ts';
import { type Poll, TrackedList } from './list.ts';
import { readNew, readNewest, sweepOn } from './sorted.ts';
import type { ListState, Start, State } from './state.ts';
import { readEnds, readInTurns } from './turns.ts';

/** The result of a poll: contacts, newest first, and the new memory. */
export type Outcome = { contacts: Contact[]; state: State };

export const outcomeOf = (start: Start, lists: TrackedList[], items: Item[], first = 0): Outcome => ({
  contacts: newestFirst(items).map(({ contact }) => contact),
  state: { ...start, first, lists: lists.map((list) => list.remember()) },
});

export function openLists(values: string[], poll: Poll, states: ListState[] = []): TrackedList[] {
  return values.map((value, index) => new TrackedList(value, states[index], values.length, poll));
}

/** Reads the rest of a list: an unsorted one in turns; one that is sorted, or has just shown an order, for late matches. */
async function readRest(list: TrackedList): Promise<void> {
  if (!list.isSorted) {
    await readInTurns(list);
    if (list.isSorted) await readNew(list);
  }
  while (list.isSorted && !list.state.isBurst && (await sweepOn(list)));
}

/** Reads lists as far as the poll's limits go, from the one at `first` on: the newest end of each, then the rest. */
export async function readLists(lists: TrackedList[], { reader, start }: Poll, first = 0): Promise<void> {
  const rotated = [...lists.slice(first), ...lists.slice(0, first)];
  for (const [index, list] of rotated.entries()) {
    // Half of the poll's requests and time is kept for the rest of each list.
    if (index > 0 && reader.isSpent(1 / 2)) reader.unserved.add(list.value);
    else await (list.isSorted ? readNewest(list) : readEnds(list));
  }
  const begun = rotated.filter(({ requests }) => requests > 0);
  for (const list of begun) if (list.isSorted) await readNew(list);
  for (const list of begun) await readRest(list);
  start.isAhead ||= lists.some(({ isAhead }) => isAhead);
}
