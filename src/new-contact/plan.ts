import { type Block, type Layout, layOut, type Order, pageOf, type Read, SLACK, UNCOUNTED } from './list.ts';

/** What is remembered of one list between polls. */
export interface Memory {
  order: Order;
  size: number;
  /** How many contacts, counted from the oldest end, have been dealt with. */
  count: number;
  /** When the newest of them was created, and its fingerprint. */
  newest: number;
  anchor: string;
  /** When the last re-reading began, and the position where it goes on. */
  reread: number;
  cursor: number | undefined;
  /** Earlier pairs of `newest` and `count`: where they still hold, nothing was added below. Newest first. */
  marks: [newest: number, count: number][];
}

/** What the plan needs to know besides. All times in Unix seconds. */
export interface Terms {
  /** Nothing created before this is of interest to a re-reading. */
  floor: number;
  /** Whether a re-reading is due. */
  due: boolean;
  /** How many requests this list may use in a poll, and how many of them are left. */
  budget: number;
  capacity: number;
  /** How many pages are enough of a list that nothing is remembered of. */
  enough: number;
}

/** How far this poll has come, and what to read next; without `page`, it has all it wants. */
export interface Plan {
  layout: Layout;
  page: number | undefined;
  /** The stretch that holds the newest contact already dealt with, and whether it reaches the newest end. */
  root: Block | undefined;
  complete: boolean;
  /** How many contacts have been added below the newest known one. */
  late: number;
  /** Where the re-reading stands; undefined when none is under way. */
  edge: number | undefined;
}

/** Reaches contacts older than `time`. One alone may have strayed there, where last activity decides the order. */
const reaches = (block: Block, time: number, contacts = 2) =>
  block.oldest || block.items.filter((item) => item.at < time).length >= contacts;

/** How many contacts were expected, in the numbering of this poll: without a total, positions are counted down. */
export function expected({ count }: Memory, { order, total }: Layout): number {
  if (total === undefined) return order === 'desc' && count < UNCOUNTED / 2 ? UNCOUNTED : count;
  return Math.min(count, total);
}

function isRoot(block: Block, memory: Memory): boolean {
  return reaches(block, memory.newest - SLACK, 1) || block.items.some((item) => item.print === memory.anchor);
}

/** The position just above the newest contact not younger than `newest`. */
export function countUpTo(block: Block, newest: number): number {
  return Math.max(0, ...block.items.filter((item) => item.at <= newest).map((item) => item.position + 1));
}

function lateOnes(root: Block, memory: Memory, layout: Layout): number {
  const counted = layout.total !== undefined || layout.order === 'asc';
  if (!counted || memory.count >= UNCOUNTED / 2) return 0;
  const anchor = root.items.findLast((item) => item.print === memory.anchor);
  const now = anchor ? anchor.position + 1 : countUpTo(root, memory.newest);
  return now === 0 ? 0 : now - memory.count;
}

/** Whether an earlier mark is found where it was: then whatever was added has been read. */
function accounted(block: Block, marks: Memory['marks']): boolean {
  const bottom = Math.min(...block.items.map((item) => item.at));
  return marks.some(([newest, count]) => newest >= bottom && countUpTo(block, newest) === count);
}

/** Looks for the last page where no total tells it: upwards from a page with contacts, or down from one beyond. */
function endSearch(reads: readonly Read[]): number {
  const beyond = reads.filter(({ items }) => items.length === 0).map(({ page }) => page);
  const held = reads.filter(({ items }) => items.length > 0).map(({ page }) => page);
  const [from, to] = [Math.max(...held), Math.min(...beyond)];
  if (beyond.length === 0) return from * 4;
  return held.length === 0 ? Math.max(to - 2 ** (beyond.length - 1), 1) : Math.floor((from + to) / 2);
}

/** Walks from the newest known contact to the newest end, or from there back to it. Undefined when they have met. */
function walk(
  memory: Memory,
  reads: readonly Read[],
  layout: Layout,
  root: Block | undefined,
  capacity: number,
): number | undefined {
  const { blocks, total, size } = layout;
  const top = blocks.find((block) => block.top);
  const end = top?.lo ?? total ?? Number.POSITIVE_INFINITY;
  const fits = (from: number) => Math.ceil((end - from) / size) < capacity;
  if (root) return pageOf(layout, fits(root.hi) ? end - 1 : root.hi);
  const known = expected(memory, layout);
  const lowest = blocks[0];
  if (lowest && total === undefined && lowest.lo === lowest.hi) return endSearch(reads);
  if (lowest && (!lowest.top || fits(known))) return pageOf(layout, lowest.lo - 1);
  return pageOf(layout, Math.max(known - 1, 0));
}

/** Re-reads from `edge` down to the floor. */
function reread(
  layout: Layout,
  edge: number,
  floor: number,
): { edge: number | undefined; page: number | undefined } {
  const read = layout.blocks.find((block) => block.lo <= edge && edge <= block.hi);
  if (edge <= 0 || (read && reaches(read, floor))) return { edge: undefined, page: undefined };
  const next = read?.lo ?? edge;
  return { edge: next, page: pageOf(layout, next - 1) };
}

/** Where the newest contacts are first looked for. */
function firstPage(memory: Memory): number {
  if (memory.order !== 'asc') return 1;
  return pageOf(
    { order: 'asc', size: memory.size, total: undefined, blocks: [] },
    Math.max(memory.count - 1, 0),
  );
}

/** The newest end is older than what was known: either contacts were deleted, or this is the other end. */
function otherEnd(memory: Memory, { order, size, total, blocks }: Layout, root: Block): number | undefined {
  if (root.items.some((item) => item.at >= memory.newest - SLACK)) return undefined;
  if (blocks.some((block) => (block.oldest && order === 'asc') || block.lo === 0)) return undefined;
  return order === 'asc' ? 1 : total && Math.ceil(total / size);
}

function planOrdered(memory: Memory, reads: readonly Read[], layout: Layout, terms: Terms): Plan {
  const root = layout.blocks.findLast((block) => isRoot(block, memory));
  const late = root ? lateOnes(root, memory, layout) : 0;
  const found = { layout, root, late, complete: root?.top ?? false, edge: memory.cursor };
  if (reads.length === 0) return { ...found, page: firstPage(memory) };
  if (!root?.top) return { ...found, page: walk(memory, reads, layout, root, terms.capacity) };
  const doubt = otherEnd(memory, layout, root);
  if (doubt) return { ...found, page: doubt };

  const owed = late > 0 && !reaches(root, terms.floor) && !accounted(root, memory.marks);
  if (owed) return { ...found, edge: root.lo, page: pageOf(layout, root.lo - 1) };
  const started = memory.cursor ?? (terms.due ? root.lo : undefined);
  if (started === undefined) return { ...found, page: undefined };
  const edge = Math.min(started + Math.max(late, 0), root.lo);
  return { ...found, ...reread(layout, edge, terms.floor) };
}

/** The first position from `from` on that is not sure to have been read; undefined where there is none. */
function unread({ blocks, total }: Layout, from: number): number | undefined {
  const ends = blocks.filter(({ top }) => top).map(({ hi }) => hi);
  const position = blocks.reduce((at, { lo, hi }) => (lo <= at && at < hi ? hi : at), from);
  return position < (total ?? Math.min(...ends)) ? position : undefined;
}

/** The pages of a list that no order is known of: both ends, then from the cursor on, in turns. */
function planUnordered(memory: Memory, layout: Layout, terms: Terms): Plan {
  const { total, size } = layout;
  const whole = total === undefined || Math.ceil(total / size) <= terms.budget;
  const quiet = !whole && memory.cursor === undefined && !terms.due && total === memory.count;
  const end = [0, Math.max((total ?? 1) - 1, 0)].find((position) => unread(layout, position) === position);
  const turn = unread(layout, memory.cursor ?? 0) ?? (whole ? unread(layout, 0) : undefined);
  const edge = quiet ? undefined : turn;
  const next = end ?? edge;
  return {
    layout,
    page: next === undefined ? undefined : pageOf(layout, next),
    root: undefined,
    late: 0,
    complete: edge === undefined,
    edge,
  };
}

/** What is remembered before anything has been read. */
export const blank: Memory = {
  order: 'unknown',
  size: 0,
  count: 0,
  newest: 0,
  anchor: '',
  reread: 0,
  cursor: undefined,
  marks: [],
};

/** What to read next of a list that nothing is remembered of: the newest end, down to the floor. */
function planFresh(reads: readonly Read[], terms: Terms): Plan {
  const layout = layOut(reads, blank.order, blank.size);
  if (layout.order !== 'asc' && layout.order !== 'desc') {
    return planUnordered(blank, layout, { ...terms, due: true });
  }
  const end = layout.blocks.find((block) => block.top && block.lo < block.hi);
  const found = { layout, root: end, late: 0, complete: end !== undefined };
  if (!end) {
    const page = layout.total === undefined ? endSearch(reads) : pageOf(layout, layout.total - 1);
    return { ...found, edge: undefined, page };
  }
  const reached = reaches(end, terms.floor) || end.hi - end.lo >= terms.enough * layout.size;
  return reached
    ? { ...found, edge: undefined, page: undefined }
    : { ...found, edge: end.lo, page: pageOf(layout, end.lo - 1) };
}

/** What to read next, given what has been read. */
export function plan(memory: Memory | undefined, reads: readonly Read[], terms: Terms): Plan {
  if (!memory) return planFresh(reads, terms);
  const layout = layOut(reads, memory.order, memory.size);
  const sorted = layout.order === 'asc' || layout.order === 'desc';
  return sorted ? planOrdered(memory, reads, layout, terms) : planUnordered(memory, layout, terms);
}
