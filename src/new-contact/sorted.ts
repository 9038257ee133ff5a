import { SLACK } from '../polling/order.ts';
import type { TrackedList } from './list.ts';
import type { Sweep } from './state.ts';

/** Reads the page with the newest end of a list that is sorted by creation. */
export async function readNewest(list: TrackedList): Promise<void> {
  const { state } = list;
  if (!(await list.read(list.pageOf(list.total - 1)))) return;
  const top = await list.at(list.total - 1);
  // Either the newest contacts were deleted, or the list is sorted the other way round now. Its other end shows which.
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

/** Lowers `seen` to a contact that was dealt with, because deletions move new ones down. False if the poll must stop there. */
async function findSeen(list: TrackedList): Promise<boolean> {
  for (let position = list.state.seen - 1; position >= 0; position -= 1) {
    const below = await list.at(position);
    if (!below) return false;
    if (list.isDealtWith(below.item)) break;
    // An unreadable contact tells nothing.
    if (below.item) list.state.seen = position;
  }
  return list.isSorted;
}

/** Reads new contacts, the oldest first. If the newest end is not reached in this poll, a burst begins. */
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

/** Returns the sweep to continue, if any: the hourly check, or else a search. A check that is due takes over a search. */
function currentSweep(list: TrackedList): Sweep | null {
  const { state, missing } = list;
  if (list.isDue) list.startCheck(state.check ?? state.search ?? list.sweepFrom(state.seen));
  const { check } = state;
  if (check && (check.edge > check.rest || check.edge === 0)) return check;
  state.search = missing > 0 ? (state.search ?? list.sweepFrom(state.seen)) : null;
  return state.search;
}

/** Ends a sweep. What it did not find must be older. If it took several hours, the next begins with this hour's remainder. */
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
 * False if there is nothing to sweep, or if the poll's limits are reached.
 */
export async function sweepOn(list: TrackedList): Promise<boolean> {
  const current = currentSweep(list);
  if (!current) return false;
  const { edge } = current;
  const next = edge > 0 ? await list.at(edge - 1) : { item: undefined };
  if (!next) return false;
  // If the list moved, the edge did, too.
  if (current.edge !== edge) return true;
  // While contacts are missing, a short list is searched to its end.
  const mayEnd = !list.isShort || list.missing === 0;
  if (edge === 0 || (mayEnd && next.item && list.isOld(next.item))) finish(list, current);
  else {
    current.edge -= 1;
    // Further down, fingerprints may be gone, and contacts that were dealt with would seem to be new.
    const isRemembered = !list.dealtWith.isFull || edge > list.state.seen - list.dealtWith.most;
    if (isRemembered) list.deal(next.item);
  }
  return true;
}
