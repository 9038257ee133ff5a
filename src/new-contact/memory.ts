import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import type { Order } from './list.ts';
import type { Memory } from './plan.ts';

const LETTERS = { asc: 'a', desc: 'd', none: 'n', unknown: 'u' } as const;
const ORDERS = new Map<string, Order>(Object.entries({ a: 'asc', d: 'desc', n: 'none' }));

/** Bytes for both values that are kept of a Zap: the marks go first. */
const ROOM = 1000;

/** A list's memory as a row of text, so that ten of them fit: its parts are those of `pack`. */
const rowSchema = schema
  .string()
  .check(schema.refine((row) => /^[adnu](?:,\d+){2},-?\d+,[\w-]*,\d+,\d*,(?:-?\d+(?::-?\d+)*)?$/.test(row)));

const stateSchema = schema.object({
  since: schema.number(),
  from: schema.number(),
  shared: schema.boolean(),
  owed: schema.string(),
  lists: schema.array(rowSchema),
});

/** What is remembered of a Zap. */
export interface State {
  /** When it was switched on, in Unix seconds of the server's clock: nothing older is ever reported. */
  since: number;
  /** How far back a re-reading goes: as `since`, or to the oldest contact that is owed. */
  from: number;
  /** Whether several Zaps may be reading this state, because the platform does not tell them apart. */
  shared: boolean;
  /** Fingerprints of older contacts that another Zap on the same state may still lack. */
  owed: string;
  /** One memory a watched value, in the order of the values; none where they were lost. */
  lists: Memory[];
}

function pack({ order, size, count, newest, anchor, reread, cursor, marks }: Memory, most: number): string {
  const kept = marks.slice(0, most).flat().join(':');
  return [LETTERS[order], size, count, newest, anchor, reread, cursor ?? '', kept].join(',');
}

function unpack(row: string): Memory {
  // `rowSchema` has found this many parts.
  const parts = row.split(',') as [string, string, string, string, string, string, string, string];
  const [letter, size, count, newest, anchor, reread, cursor, marks] = parts;
  const pairs = marks.matchAll(/(-?\d+):(-?\d+)/g);
  return {
    order: ORDERS.get(letter) ?? 'unknown',
    size: Number(size),
    count: Number(count),
    newest: Number(newest),
    anchor,
    reread: Number(reread),
    cursor: cursor ? Number(cursor) : undefined,
    marks: Array.from(pairs, ([, at, position]) => [Number(at), Number(position)]),
  };
}

/** Importing it would also load what it re-exports, which takes longer than all our code. */
const { createHash } = process.getBuiltinModule('node:crypto');

/** A short name for any text, the same every time. */
export const fingerprint = (text: string, length = 6) =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

/** The cache's answer; `failed` when the cache could not be asked, which is not the same as having nothing. */
export interface Recalled {
  state: State | undefined;
  failed: boolean;
}

async function read(z: ZObject, key: string): Promise<Recalled> {
  try {
    const parsed = schema.safeParse(stateSchema, await z.cache.get(key).catch(() => z.cache.get(key)));
    if (!parsed.success) return { state: undefined, failed: false };
    return { state: { ...parsed.data, lists: parsed.data.lists.map(unpack) }, failed: false };
  } catch {
    return { state: undefined, failed: true };
  }
}

/** Reads a Zap's state; where it is gone, the spare copy, which knows everything but the lists. */
export async function recall(z: ZObject, key: string): Promise<Recalled> {
  const main = await read(z, key);
  if (main.state) return main;
  const spare = await read(z, `${key}:since`);
  return { state: spare.state && { ...spare.state, lists: [] }, failed: main.failed || spare.failed };
}

/** Writes a Zap's state. The cache may fail: then an older state is removed, and if that fails too, so be it. */
export async function remember(z: ZObject, key: string, { lists, ...zap }: State): Promise<void> {
  const spare = { ...zap, owed: '', lists: [] };
  const full = (marks: number) => ({ ...zap, lists: lists.map((memory) => pack(memory, marks)) });
  let marks = 8;
  while (marks > 0 && JSON.stringify([full(marks), spare]).length > ROOM) marks -= 1;
  const write = (name: string, value: unknown) =>
    z.cache
      .set(name, value)
      .catch(() => z.cache.delete(name))
      .catch(() => false);
  await Promise.all([write(key, full(marks)), write(`${key}:since`, spare)]);
}
