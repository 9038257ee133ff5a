import type { Item, WatchedList } from './list.ts';
import { CONTACTS_A_DAY, SLACK, type Sweep } from './state.ts';

/** Reads the page with the newest end. */
export async function readNewest(list: WatchedList): Promise<void> {
  const { state } = list;
  if (!(await list.read(list.pageOf((list.total || 1) - 1)))) return;
  const top = await list.at(list.total - 1);
  // Either the newest contacts were deleted, or this is the other end: then the first page that is read there shows it.
  if (top?.item && top.item.createdAt < state.newest - SLACK) await list.at(0);
}

/** Below a gap that older contacts made when they started to match, nothing is new. */
async function skipMatched(list: WatchedList): Promise<void> {
  const { state } = list;
  let newest = list.total - 1;
  while (list.has(newest - 1)) newest -= 1;
  if (newest <= state.seen) return;
  const [above, below] = [await list.at(newest), await list.at(state.seen)];
  if (list.isDealtWith(above?.item)) {
    state.seen = newest + 1;
  } else if (list.isDealtWith(below?.item)) {
    while (newest - state.seen > 1) {
      const middle = Math.floor((newest + state.seen) / 2);
      const found = await list.at(middle);
      if (!found) return;
      if (list.isDealtWith(found.item)) state.seen = middle;
      else newest = middle;
    }
  }
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
  const begun = state.seen;
  await skipMatched(list);
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
    // A burst: no need to sweep what it brings.
    state.sweep ??= { edge: begun, sought: 0 };
    return false;
  }
  state.count = Math.min(state.count, list.total);
  state.newest = (await list.at(list.total - 1))?.item?.createdAt ?? state.newest;
  return true;
}

/** Whether a sweep has come deep enough when it meets this contact. */
function isDeepEnough(list: WatchedList, { edge, sought }: Sweep, item: Item | undefined): boolean {
  if (sought > 0 && list.isShort) return false;
  if (sought === 0 && edge < list.state.seen - CONTACTS_A_DAY) return true;
  return item !== undefined && item.createdAt < list.floor;
}

/** Reads again what was read before, from the newest end down: contacts that started to match later stand there. */
export async function sweep(list: WatchedList): Promise<void> {
  const { state } = list;
  while (list.isSorted) {
    const missing = list.total - state.count;
    if (!state.sweep && missing <= 0 && !list.isDue) return;
    state.sweep ??= { edge: state.seen, sought: missing };
    const current = state.sweep;
    const { edge } = current;
    const next = edge > 0 ? await list.at(edge - 1) : { item: undefined };
    if (!next || !list.isSorted) return;
    if (current.edge !== edge) continue;
    if (edge === 0 || isDeepEnough(list, current, next.item)) {
      // What is still missing is older.
      state.count = Math.min(state.count + current.sought, list.total);
      state.swept = list.now;
      state.sweep = null;
      continue;
    }
    const isFound = list.deal(next.item) && list.isRemembered(edge - 1);
    current.edge -= 1;
    if (isFound) current.sought -= 1;
    if (current.sought <= 0 && !list.isDue) state.sweep = null;
  }
}
