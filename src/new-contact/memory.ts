import { createHash } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import type { Memory } from './plan.ts';

const SHORT = { asc: 'a', desc: 'd', none: 'n', unknown: 'u' } as const;
const LONG = { a: 'asc', d: 'desc', n: 'none', u: 'unknown' } as const;

/** Bytes for both values that are kept of a Zap: the marks go first. */
const ROOM = 1000;

/** A list's memory as a row without names, so that ten of them fit. */
const rowSchema = schema.tuple([
  schema.enum(['a', 'd', 'n', 'u']),
  schema.int(),
  schema.int(),
  schema.int(),
  schema.string(),
  schema.int(),
  schema.nullable(schema.int()),
  schema.array(schema.tuple([schema.int(), schema.int()])),
]);

const stateSchema = schema.object({
  v: schema.literal(1),
  since: schema.int(),
  shared: schema.boolean(),
  owed: schema.string(),
  lists: schema.array(rowSchema),
});

/** What is remembered of a Zap. */
export interface State {
  /** When it was switched on, in Unix seconds of the server's clock: nothing older is ever reported. */
  since: number;
  /** Whether several Zaps may be reading this state, because the platform does not tell them apart. */
  shared: boolean;
  /** Fingerprints of older contacts that another Zap on the same state may still lack. */
  owed: string;
  /** One memory a watched value, in the order of the values; none where they were lost. */
  lists: Memory[];
}

type Row = schema.infer<typeof rowSchema>;

const pack = (memory: Memory, marks: number): Row => [
  SHORT[memory.order],
  memory.size,
  memory.count,
  memory.newest,
  memory.anchor,
  memory.reread,
  memory.cursor ?? null,
  memory.marks.slice(0, marks),
];

const unpack = ([order, size, count, newest, anchor, reread, cursor, marks]: Row): Memory => ({
  order: LONG[order],
  size,
  count,
  newest,
  anchor,
  reread,
  cursor: cursor ?? undefined,
  marks,
});

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
  const spare = { v: 1, ...zap, owed: '', lists: [] };
  const full = (marks: number) => ({ v: 1, ...zap, lists: lists.map((memory) => pack(memory, marks)) });
  let marks = 8;
  while (marks > 0 && JSON.stringify([full(marks), spare]).length > ROOM) marks -= 1;
  const write = (name: string, value: unknown) =>
    z.cache
      .set(name, value)
      .catch(() => z.cache.delete(name))
      .catch(() => false);
  await Promise.all([write(key, full(marks)), write(`${key}:since`, spare)]);
}
