import { isByAge } from '../polling/order.ts';
import type { TrackedList } from './list.ts';
import type { Turn } from './state.ts';

/** Reads both ends of a list that is not sorted by creation: in most other orders new contacts stand there. */
export async function readEnds(list: TrackedList): Promise<void> {
  const { state } = list;
  if (!(await list.read(1))) return;
  while (list.isCounted && list.moves < 2 && !list.pages.has(list.lastPage)) {
    if (!(await list.read(list.lastPage))) return;
  }
  const order = list.judge();
  if (state.order === 'unknown' && order !== 'unknown' && list.pages.size > 1)
    list.trust(order, state.checked > 0);
}

/** True if the pages of a longer list that were read in a row show an order, and no earlier reading has contradicted it. */
function showsOrder(list: TrackedList): boolean {
  const { order, turn } = list.state;
  return order === 'unknown' && turn?.order === 'unknown' && !list.isShort && isByAge(list.judge());
}

/** Ends a turn: the whole list has been read. */
function endTurn(list: TrackedList, { began, order, total }: Turn): void {
  const { state } = list;
  if (list.isDue) list.vouch(began);
  if (list.isDue) state.checked = began;
  // Contacts that were added to a longer list during this turn are left to the next.
  const accounted = list.isShort ? list.total : total;
  Object.assign(state, { seen: Math.min(accounted, list.total), accounted });
  list.dealtWith.addAll(list.items.values());
  list.trust(order, true);
}

/**
 * Reads a list that is not sorted by creation: a short one whole, a longer one in turns, a poll's requests at a time.
 * A longer one whose total has not changed rests until the hourly check is due. Pages in a row may show an order that
 * both ends left unknown.
 */
export async function readInTurns(list: TrackedList): Promise<void> {
  const { state } = list;
  const isResting = list.isCounted && list.total === state.accounted && !list.isDue;
  if (!list.isShort && !state.turn && isResting) return;
  state.turn ??= { edge: 0, began: list.now, total: list.total, order: 'unknown' };
  const { turn } = state;
  const next = () => list.unread(Math.floor(turn.edge / state.size) + 1);
  for (let page = next(); page <= list.lastPage; page = next()) {
    const { moves } = list;
    if (!(await list.read(page))) break;
    // If the list moved, a contact that was not read may stand before this page.
    if (list.moves === moves) turn.edge = page * state.size;
    if (showsOrder(list)) return list.trust(list.judge(), state.checked > 0);
  }
  const order = list.judge();
  turn.order = turn.order === 'unknown' || turn.order === order ? order : 'none';
  if (next() > list.lastPage) endTurn(list, turn);
}
