import type { Contact } from '../models/contact.ts';

/** How the API sorts a list: oldest first, newest first, by something else, or not known yet. */
export type Order = 'asc' | 'desc' | 'none' | 'unknown';

/** A contact, the Unix second it was created in, and a fingerprint of its ID. */
export interface Item {
  id: string;
  at: number;
  print: string;
  contact: Contact;
  /** In a sorted list: its position counted from the oldest end, where newer arrivals do not move it. */
  position?: number;
}

/** One page as it was read. `total` and `size` are missing where the API does not say. */
export interface Read {
  page: number;
  items: Item[];
  total: number | undefined;
  size: number | undefined;
}

export type Placed = Item & { position: number };

/** A stretch of the list that was read without a gap: positions `lo` up to, not including, `hi`. */
export interface Block {
  lo: number;
  hi: number;
  items: Placed[];
  /** It reaches the newest, or the oldest, end of the list. */
  top: boolean;
  oldest: boolean;
}

/** What the pages read in this poll add up to. Blocks stand oldest first. */
export interface Layout {
  order: Order;
  size: number;
  total: number | undefined;
  blocks: Block[];
}

/** Seconds by which neighbours may stand in the wrong order, because servers stamp and number apart. */
export const SLACK = 5;

/** Stands for the unknown length of a list sorted newest first, so that positions still fall from page to page. */
export const UNCOUNTED = 1e9;

/** Pairs that must agree before an order is believed: ten contacts in order by chance are one in 3.6 million. */
const ENOUGH_PAIRS = 45;

const fallsBy = (times: number[], sign: 1 | -1): boolean => {
  let highest = Number.NEGATIVE_INFINITY;
  return times.some((time) => {
    highest = Math.max(highest, sign * time);
    return sign * time < highest - SLACK;
  });
};

const pairsApart = (times: number[]): number =>
  times.reduce((pairs, time) => pairs + times.filter((other) => other < time - SLACK).length, 0);

/** Reads that can be compared: between two of them the list did not move, as far as the total tells. */
function stretches(reads: readonly Read[], believed: Order): Read[][] {
  const groups: Read[][] = [];
  for (const read of reads) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const still = read.total === undefined ? believed === 'unknown' : read.total === before?.total;
    if (group && still) group.push(read);
    else groups.push([read]);
  }
  return groups;
}

/** When the contacts on these pages were created, in the order of the list. */
function timesOf(reads: readonly Read[]): number[] {
  const pages = new Map(reads.map(({ page, items }) => [page, items]));
  return [...pages].sort(([a], [b]) => a - b).flatMap(([, items]) => items.map(({ at }) => at));
}

/** The order that these pages show. A belief stands until they contradict it; equal times say nothing. */
export function judgeOrder(reads: readonly Read[], believed: Order): Order {
  if (believed === 'none') return believed;
  const groups = stretches(reads, believed);
  const rises = groups.some((group) => fallsBy(timesOf(group), -1));
  const falls = groups.some((group) => fallsBy(timesOf(group), 1));
  if ((believed === 'asc' && !falls) || (believed === 'desc' && !rises)) return believed;
  if (rises && falls) return 'none';
  // One page may look sorted by chance, or by something that goes with time only here and there.
  const telling = groups.filter(
    (group) => believed !== 'unknown' || new Set(group.map(({ page }) => page)).size > 1,
  );
  const enough = telling.some((group) => pairsApart(timesOf(group)) >= ENOUGH_PAIRS);
  if (enough) return falls ? 'desc' : 'asc';
  return believed === 'unknown' ? 'unknown' : 'none';
}

/** Contacts a page: what the API says, or what a first page that is not the last holds, or the most seen so far. */
function pageSize(reads: readonly Read[], remembered: number): number {
  const said = reads.findLast((read) => read.size !== undefined)?.size;
  const full = reads.find((read) => read.page === 1 && read.items.length < (read.total ?? 0));
  return said ?? full?.items.length ?? Math.max(remembered, 1, ...reads.map((read) => read.items.length));
}

function place(read: Read, order: Order, size: number, total: number | undefined): Block {
  const { page, items } = read;
  const short = total === undefined && items.length < size;
  if (order === 'desc') {
    const hi = Math.max((total ?? UNCOUNTED) - (page - 1) * size, 0);
    const lo = Math.max(hi - size, 0);
    const placed = items.map((item, index) => ({ ...item, position: hi - 1 - index }));
    return { lo, hi, items: placed, top: page === 1, oldest: lo === 0 || short };
  }
  const start = (page - 1) * size;
  const hi = total === undefined ? start + items.length : Math.min(start + size, total);
  const placed = items.map((item, index) => ({ ...item, position: start + index }));
  const top = total === undefined ? short : hi === total;
  return { lo: Math.min(start, hi), hi, items: placed, top, oldest: page === 1 };
}

/**
 * After the total changed: what is still sure to have been read, wherever contacts came or went. What came before
 * the first position came during this poll, and is for the next one.
 */
function settle(blocks: Block[], change: number): Block[] {
  if (change === 0) return blocks;
  return blocks
    .map((block) => ({
      ...block,
      lo: block.lo && block.lo + Math.max(change, 0),
      hi: block.hi + Math.min(change, 0),
    }))
    .filter((block) => block.lo < block.hi);
}

function join(blocks: Block[], added: Block): Block[] {
  const touching = blocks.filter((block) => block.lo <= added.hi && added.lo <= block.hi);
  const joined = touching.reduce(
    (all, block) => ({
      lo: Math.min(all.lo, block.lo),
      hi: Math.max(all.hi, block.hi),
      items: [...block.items, ...all.items],
      top: all.top || block.top,
      oldest: all.oldest || block.oldest,
    }),
    added,
  );
  return [...blocks.filter((block) => !touching.includes(block)), joined].sort((a, b) => a.lo - b.lo);
}

/** Puts the pages together. Where no order is known, positions count from the first page on. */
export function layOut(reads: readonly Read[], believed: Order, rememberedSize: number): Layout {
  const order = judgeOrder(reads, believed);
  const size = pageSize(reads, rememberedSize);
  let total: number | undefined;
  let blocks: Block[] = [];
  for (const read of reads) {
    const now = read.total ?? total;
    if (total !== undefined && now !== undefined) blocks = settle(blocks, now - total);
    total = now;
    blocks = join(blocks, place(read, order, size, total));
  }
  return { order, size, total, blocks };
}

/** The page that holds a position. */
export function pageOf({ order, size, total }: Layout, position: number): number {
  const index = order === 'desc' ? (total ?? UNCOUNTED) - 1 - position : position;
  return Math.max(Math.floor(index / size) + 1, 1);
}
