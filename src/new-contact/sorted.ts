import { SLACK } from '../polling/order.ts';
import type { Item } from '../polling/paged-list.ts';
import type { WatchedList } from './list.ts';
import { CONTACTS_A_DAY, type Sweep } from './state.ts';

/** Reads the page with the newest end. */
export async function readNewest(list: WatchedList): Promise<void> {
  const { state } = list;
  if (!(await list.read(list.pageOf(list.total - 1)))) return;
  const top = await list.at(list.total - 1);
  // Either the newest contacts were deleted, or the list was turned round: then its other end shows it.
  if (top?.item && top.item.createdAt < state.newest - SLACK) await list.at(0);
}

/**
 * Where older contacts started to match, what is new stands higher than the count says. Then only what is on the
 * newest page counts as new, and the sweep looks for the rest.
 */
async function skipMatched(list: WatchedList): Promise<void> {
  let bottom = list.total - 1;
  while (list.has(bottom - 1)) bottom -= 1;
  if (bottom <= list.state.seen) return;
  const ends = [await list.at(bottom), await list.at(list.state.seen)];
  if (ends.some((end) => end && list.isDealtWith(end.item))) list.state.seen = bottom + 1;
}

/** Goes down to a contact that has been dealt with, as deletions move what is new down. False where none was reached. */
async function findSeen(list: WatchedList): Promise<boolean> {
  const { state } = list;
  while (state.seen > 0) {
    const below = await list.at(state.seen - 1);
    if (!below) return false;
    if (list.isDealtWith(below.item)) break;
    state.seen -= 1;
  }
  return list.isSorted;
}

/** Reads what is new, from its oldest end on. True where the newest end was reached. */
export async function readNew(list: WatchedList): Promise<boolean> {
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
  if (!list.isSorted) return false;
  if (state.seen < list.total) {
    // What a burst brings need not be swept again.
    state.sweep ??= { edge: begun, sought: 0 };
    return false;
  }
  state.count = Math.min(state.count, list.total);
  state.newest = (await list.at(list.total - 1))?.item?.createdAt ?? state.newest;
  return true;
}

/** Whether a sweep ends above this contact. */
function isDeepEnough(list: WatchedList, { edge, sought }: Sweep, item: Item | undefined): boolean {
  if (edge === 0) return true;
  if (sought > 0 && list.isShort) return false;
  const isDeep = sought === 0 && edge < list.state.seen - CONTACTS_A_DAY;
  return isDeep || (item !== undefined && list.isOld(item));
}

/** The sweep that is under way or to begin; null where all that the count tells of was found, and it is not time to make sure. */
function wantedSweep(list: WatchedList): Sweep | null {
  const missing = Math.max(list.total - list.state.count, 0);
  if (missing === 0 && !list.isDue) return null;
  return list.state.sweep ?? { edge: list.state.seen, sought: missing };
}

/**
 * Takes a sweep one contact further: from the newest end down, it reads again what was read before, for contacts that
 * started to match later stand there. False where it is done, or no more is to be read in this poll.
 */
export async function sweepOn(list: WatchedList): Promise<boolean> {
  const current = wantedSweep(list);
  list.state.sweep = current;
  const edge = current?.edge ?? 0;
  const next = current && (await list.at(edge - 1));
  if (!next) return false;
  // Where the list moved, the edge did, too.
  if (current.edge !== edge) return true;
  if (isDeepEnough(list, current, next.item)) {
    // What it has not found is older.
    const count = Math.min(list.state.count + Math.max(current.sought, 0), list.total);
    Object.assign(list.state, { count, swept: list.now, sweep: null });
  } else {
    current.edge -= 1;
    // Of older ones the fingerprint may be gone.
    const isRemembered = !list.known.isFull || edge > list.state.seen - list.known.most;
    if (isRemembered && list.deal(next.item)) current.sought -= 1;
  }
  return true;
}
