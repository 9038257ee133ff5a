import { type Item, judgeOrder, layOut, type Placed, type Read } from './list.ts';
import { countUpTo, type Memory, type Plan, type Terms } from './plan.ts';

const DAY = 86_400;

type Marks = Memory['marks'];

/** Keeps marks that grow apart with age, enough to tell minutes from hours in a day's worth. */
function thin(marks: Marks, now: number): Marks {
  const kept: Marks = [];
  const age = ([newest]: [number, number]) => now - newest;
  marks.forEach((mark, index) => {
    const last = kept.at(-1);
    const next = marks[index + 1];
    const spare = last && next && age(next) <= 2 * age(last) + 300;
    if (!spare && age(mark) <= DAY && mark[0] !== last?.[0]) kept.push(mark);
  });
  return kept;
}

const last = (items: Placed[]) =>
  items.reduce<Placed | undefined>((a, b) => (a && a.position > b.position ? a : b), undefined);

function rememberOrdered(
  memory: Memory,
  { layout, root, late, complete, edge }: Plan,
  terms: Terms,
  now: number,
): Memory {
  const { order, size } = layout;
  if (!root) {
    const lowest = layout.blocks[0];
    // The known end lies deeper than the count says: look for it from here on.
    return { ...memory, order, size, count: Math.min(memory.count, lowest?.lo ?? memory.count) };
  }
  const newestItem = last(complete ? root.items : root.items.filter(({ position }) => position < root.hi));
  const newest = newestItem?.at ?? memory.newest;
  const bottom = Math.min(...root.items.map(({ at }) => at));
  const marks = memory.marks.map(([time, count]): [number, number] => [
    time,
    time >= bottom && complete ? countUpTo(root, time) : count + Math.min(late, 0),
  ]);
  const begun = complete && terms.due && memory.cursor === undefined;
  const missed = late > 0 ? Math.max(memory.cursor ?? 0, root.lo) : memory.cursor;
  return {
    order,
    size,
    count: root.hi,
    newest,
    anchor: newestItem ? newestItem.print : memory.anchor,
    reread: begun ? now : memory.reread,
    cursor: complete ? edge : missed,
    marks: thin([[newest, root.hi], ...marks], now),
  };
}

function rememberUnordered(
  memory: Memory,
  reads: readonly Read[],
  { layout, complete, edge }: Plan,
  terms: Terms,
  now: number,
): Memory {
  const begun = memory.cursor === undefined;
  const total = layout.total ?? 0;
  const next: Memory = {
    ...memory,
    order: layout.order,
    size: layout.size,
    count: begun ? total : memory.count,
    reread: begun && terms.due ? now : memory.reread,
    cursor: edge,
    marks: [],
  };
  const order = judgeOrder(reads, 'unknown');
  if (order !== 'asc' && order !== 'desc') return next;
  const newest = last(layOut(reads, order, memory.size).blocks.findLast(({ top }) => top)?.items ?? []);
  if (!newest || (reads.length < 3 && !complete)) return next;
  // Order has come back: from here on it is walked, after one re-reading of what the turns left out.
  const { at, print } = newest;
  return { ...next, order, count: total, newest: at, anchor: print, cursor: complete ? undefined : total };
}

/** What one poll of a list found, and what to remember of it. */
export function conclude(
  memory: Memory,
  reads: readonly Read[],
  plan: Plan,
  terms: Terms,
  now: number,
): { items: Item[]; memory: Memory } {
  const { order, blocks } = plan.layout;
  if (order !== 'asc' && order !== 'desc') {
    return {
      items: reads.flatMap(({ items }) => items),
      memory: rememberUnordered(memory, reads, plan, terms, now),
    };
  }
  const { root } = plan;
  // What lies beyond a gap waits until the gap is closed, so that what is remembered stays contiguous.
  const items = root ? blocks.filter(({ lo }) => lo <= root.hi).flatMap((block) => block.items) : [];
  return { items, memory: rememberOrdered(memory, plan, terms, now) };
}
