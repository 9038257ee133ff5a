import type { WatchedList } from './list.ts';

/** Reads both ends of a list that is not sorted by creation: in most other orders new contacts stand there. */
export async function readEnds(list: WatchedList): Promise<void> {
  const { state } = list;
  const isUnread = state.swept === 0 || state.turn !== null;
  if (!(await list.read(1))) return;
  while (list.isCounted && list.moves < 2 && !list.pages.has(list.lastPage)) {
    if (!(await list.read(list.lastPage))) return;
  }
  const order = list.judge();
  if (state.order === 'unknown' && order !== 'unknown' && list.pages.size > 1) list.trust(order, !isUnread);
}

/**
 * Reads a list that is not sorted by creation: a short one whole, a longer one in turns, a poll's requests at a time.
 * A longer one whose total has not changed rests, until it is time to make sure.
 */
export async function readInTurns(list: WatchedList): Promise<void> {
  const { state } = list;
  const isResting = list.isCounted && list.total === state.count && !list.isDue;
  if (!list.isShort && !state.turn && isResting) return;
  if (!state.turn) Object.assign(state, { seen: list.total, count: list.total });
  state.turn ??= { edge: 0, order: 'unknown' };
  const { turn } = state;
  const next = () => list.unread(Math.floor(turn.edge / state.size) + 1);
  for (let page = next(); page <= list.lastPage; page = next()) {
    const { moves } = list;
    if (!(await list.read(page))) break;
    // Where the list moved, what was not read may stand before this page.
    if (list.moves === moves) turn.edge = page * state.size;
  }
  const order = list.judge();
  turn.order = turn.order === 'unknown' || turn.order === order ? order : 'none';
  if (next() <= list.lastPage) return;
  if (list.isDue) state.swept = list.now;
  if (list.isShort) Object.assign(state, { seen: list.total, count: list.total });
  list.known.addAll(list.items.values());
  list.trust(turn.order, true);
}
