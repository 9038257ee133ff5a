import { type Item, judgeOrder, layOut, type Placed, type Read } from './list.ts';
import { countUpTo, expected, type Memory, type Plan, type Terms } from './plan.ts';

const DAY = 86_400;

/** Pages of a longer list that must be in order before it is believed again. */
const PROOF = 20;

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

const highest = (items: Placed[]) =>
  items.reduce<Placed | undefined>((a, b) => (a && a.position > b.position ? a : b), undefined);

function rememberOrdered(
  memory: Memory,
  { layout, root, late, complete, edge }: Plan,
  terms: Terms,
  now: number,
): Memory {
  const { order, size } = layout;
  if (!root) {
    const known = expected(memory, layout);
    // The known end lies deeper than the count says: look for it from here on.
    return { ...memory, order, size, count: Math.min(known, ...layout.blocks.map(({ lo }) => lo)) };
  }
  const walked = complete ? root.items : root.items.filter(({ position }) => position < root.hi);
  const { at: newest, print: anchor } = highest(walked) ?? { at: memory.newest, print: memory.anchor };
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
    anchor,
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
  const total = reads[0]?.total ?? 0;
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
  const ends = layOut(reads, order, memory.size).blocks.filter(({ top }) => top);
  const newest = highest(ends.flatMap(({ items }) => items));
  const whole = complete && new Set(reads.map(({ page }) => page)).size * layout.size >= total;
  if (!newest || (!whole && reads.length < PROOF)) return next;
  // Order has come back: from here on it is walked, after one re-reading of what the turns left out.
  const { at, print, position } = newest;
  return {
    ...next,
    order,
    count: position + 1,
    newest: at,
    anchor: print,
    cursor: whole ? undefined : position,
  };
}

/** What one poll of a list found, and what to remember of it. */
export function conclude(
  memory: Memory,
  reads: readonly Read[],
  plan: Plan,
  terms: Terms,
  now: number,
): { items: Item[]; memory: Memory } {
  if (reads.length === 0) return { items: [], memory };
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
