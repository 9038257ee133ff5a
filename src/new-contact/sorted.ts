import { SLACK } from '../polling/order.ts';
import type { TrackedList } from './list.ts';
import type { Sweep } from './state.ts';

/** Reads the page with the newest end. */
export async function readNewest(list: TrackedList): Promise<void> {
  const { state } = list;
  if (!(await list.read(list.pageOf(list.total - 1)))) return;
  const top = await list.at(list.total - 1);
  // Either the newest contacts were deleted, or the list was turned round: then its other end shows it.
  if (top?.item && top.item.createdAt < state.newest - SLACK) await list.at(0);
}

/**
 * If older contacts started to match, they push everything above them up, so that new contacts begin above `seen`. Then
 * only what is on the newest page counts as new, and a sweep looks for the rest.
 */
async function skipMatched(list: TrackedList): Promise<void> {
  let bottom = list.total - 1;
  while (list.has(bottom - 1)) bottom -= 1;
  if (bottom <= list.state.seen) return;
  const ends = [await list.at(bottom), await list.at(list.state.seen)];
  if (ends.some((end) => list.isDealtWith(end?.item))) list.state.seen = bottom + 1;
}

/** Goes down to a contact that has been dealt with, as deletions move new ones down. False if none was reached. */
async function findSeen(list: TrackedList): Promise<boolean> {
  for (let position = list.state.seen - 1; position >= 0; position -= 1) {
    const below = await list.at(position);
    if (!below) return false;
    if (list.isDealtWith(below.item)) break;
    // One that cannot be read tells nothing.
    if (below.item) list.state.seen = position;
  }
  return list.isSorted;
}

/** Reads new contacts, from their oldest end on; if the newest end was not reached, a burst is under way. */
export async function readNew(list: TrackedList): Promise<void> {
  const { state } = list;
  await skipMatched(list);
  const begun = state.seen;
  while ((await findSeen(list)) && state.seen < list.total) {
    const { moves } = list;
    const next = await list.at(state.seen);
    if (!next) break;
    if (list.moves !== moves) continue;
    list.deal(next.item);
    state.seen += 1;
  }
  if (!list.isSorted) return;
  if (state.seen < list.total) return list.beginBurst(begun);
  list.endNew();
  state.newest = (await list.at(list.total - 1))?.item?.createdAt ?? state.newest;
}

/** The sweep to go on with: the hourly check, which a search becomes if it is due, or else the search; or neither. */
function currentSweep(list: TrackedList): Sweep | null {
  const { state, missing } = list;
  if (list.isDue) list.startCheck(state.check ?? state.search ?? list.sweepFrom(state.seen));
  const { check } = state;
  if (check && (check.edge > check.rest || check.edge === 0)) return check;
  state.search = missing > 0 ? (state.search ?? list.sweepFrom(state.seen)) : null;
  return state.search;
}

/** Ends a sweep. What it did not find is older. If it took more than an hour, the next check gets the rest of this one. */
function finish(list: TrackedList, { edge, began, sought, rest, isContinued }: Sweep): void {
  const { state } = list;
  state.accounted = Math.min(state.accounted + Math.max(sought, 0), list.total);
  const next = list.sweepFrom(state.seen);
  const check = isContinued ? { ...next, rest: Math.max(next.edge - (edge - rest), 0) } : null;
  Object.assign(state, { search: null, check });
  list.vouch(began);
}

/**
 * Takes a sweep one contact further down: it reads again what was read before, because late matches stand there.
 * False if there is nothing to sweep, or no more is to be read in this poll.
 */
export async function sweepOn(list: TrackedList): Promise<boolean> {
  const current = currentSweep(list);
  if (!current) return false;
  const { edge } = current;
  const next = edge > 0 ? await list.at(edge - 1) : { item: undefined };
  if (!next) return false;
  // If the list moved, the edge did, too.
  if (current.edge !== edge) return true;
  // A short list is searched to its end.
  const mayEnd = !list.isShort || list.missing === 0;
  if (edge === 0 || (mayEnd && next.item && list.isOld(next.item))) finish(list, current);
  else {
    current.edge -= 1;
    // The fingerprint of an older contact may be gone.
    const isRemembered = !list.dealtWith.isFull || edge > list.state.seen - list.dealtWith.most;
    if (isRemembered) list.deal(next.item);
  }
  return true;
}
