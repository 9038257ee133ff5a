import type { WatchedList } from './list.ts';

/** Reads both ends of a list that is not sorted by creation: that is where new contacts stand in most other orders. */
export async function readEnds(list: WatchedList): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    if (!list.pages.has(1) && !(await list.read(1))) return;
    if (list.isCounted && !list.pages.has(list.lastPage) && !(await list.read(list.lastPage))) return;
  }
  if (list.state.order === 'unknown') list.trust();
}

/**
 * Reads a list that is not sorted by creation: a short one whole, a longer one in turns, a poll's requests at a time.
 * A longer one whose total has not changed rests, until it is time to make sure.
 */
export async function readInTurns(list: WatchedList): Promise<void> {
  const { state } = list;
  const isResting = list.isCounted && !list.isShort && list.total === state.count && !list.isDue;
  if (!state.sweep && isResting) return;
  if (!state.sweep || list.isShort) {
    state.sweep = { edge: 0, sought: 0 };
    [state.seen, state.count] = [list.total, list.total];
  }
  for (;;) {
    const page = list.unread(list.isShort ? 1 : Math.floor(state.sweep.edge / state.size) + 1);
    if (page > list.lastPage) break;
    const { total } = list;
    if (!(await list.read(page))) {
      list.trust();
      return;
    }
    // Where the list became shorter, what was not read may have moved before this page.
    if (list.total >= total) state.sweep.edge = page * state.size;
  }
  if (list.isShort) {
    [state.seen, state.count] = [list.total, list.total];
    list.learn(list.items.values());
  }
  if (list.isDue) state.swept = list.now;
  state.sweep = null;
  list.trust();
}
