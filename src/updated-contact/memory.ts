import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { readCache, replaceCache, writeCache } from '../polling/cache.ts';
import { progressSchema, totalsSchema } from './reading.ts';

/** Readings in a row that did not find a contact, after which it is gone: it has no watched value. */
export const GONE = 2;

/** What is remembered of a contact. */
export interface Known {
  /** A fingerprint of what is watched of it. */
  watched: string;
  /** How often that has changed, or the contact come back. */
  changes: number;
  /** 2 if it changed a short while ago, 0 if more than an hour ago: until then polls return it again. */
  freshness: number;
  /** How many readings in a row have not found it. */
  misses: number;
  /** Whether the reading that the next poll goes on with has found it. */
  isFound: boolean;
}

/** A contact takes 14 characters: a fingerprint of its ID, one of what is watched, and three bytes of numbers. */
export const fingerprintLengths = { id: 6, watched: 4 };
/** `freshness`, `misses` and `isFound` together have 18 values, which leaves room for 900,000 changes. */
const FLAGS = 3 * 3 * 2;

/** How many contacts are remembered, together with those that are gone: two copies of them take 15 kB. */
const CONTACT_LIMIT = 540;

const countSchema = schema._default(schema.number(), 0);

export const memorySchema = schema.object({
  /** A random name: a version made with another memory is another version. */
  name: schema.string(),
  /** How many readings have been made to find out who is there; null once that is known. */
  learning: schema.nullable(schema.number()),
  /** The `changes` of a contact that is not remembered: more than it had if it was forgotten. */
  firstChanges: countSchema,
  /** How many entries of the lists cannot be read: one more may be a contact that seems to be gone. */
  unread: countSchema,
  /** When freshness was last reduced, in Unix seconds. */
  agedAt: countSchema,
  /** How many contacts each list held, and when; null if the next poll is to read everything. */
  counted: schema._default(
    schema.nullable(schema.object({ totals: totalsSchema, at: schema.number() })),
    null,
  ),
  reading: schema._default(schema.nullable(progressSchema), null),
  contacts: schema._default(schema.string().check(schema.regex(/^(?:[\w-]{14})*$/)), ''),
});
export type Memory = schema.infer<typeof memorySchema>;

/** What is remembered of each contact, by the fingerprint of its ID. */
export function contactsOf({ contacts }: Memory): Map<string, Known> {
  const known = new Map<string, Known>();
  for (let at = 0; at < contacts.length; at += 14) {
    const number = Buffer.from(contacts.slice(at + 10, at + 14), 'base64url').readUIntBE(0, 3);
    known.set(contacts.slice(at, at + 6), {
      watched: contacts.slice(at + 6, at + 10),
      changes: Math.floor(number / FLAGS),
      freshness: number % 3,
      misses: Math.floor(number / 3) % 3,
      isFound: number % FLAGS >= 9,
    });
  }
  return known;
}

/** A memory with these contacts; without those that went first where there is no room for all. */
export function withContacts(memory: Memory, contacts: Map<string, Known>): Memory {
  const remembered = [...contacts].sort(([, a], [, b]) => b.misses - a.misses);
  const forgotten = remembered.splice(0, Math.max(remembered.length - CONTACT_LIMIT, 0));
  const texts = remembered.map(([id, { watched, changes, freshness, misses, isFound }]) => {
    const flags = freshness + 3 * misses + 9 * Number(isFound && memory.reading !== null);
    const number = changes * FLAGS + flags;
    return id + watched + Buffer.from([number >> 16, number >> 8, number]).toString('base64url');
  });
  const firstChanges = Math.max(memory.firstChanges, ...forgotten.map(([, { changes }]) => changes + 1));
  return { ...memory, firstChanges, contacts: texts.join('') };
}

/** The two keys of a memory: the second holds a copy, so that one lost key is no loss. */
const keysOf = (key: string) => [key, `${key}:copy`] as const;

/** Reads a memory; undefined if it is lost. `isSafe` tells whether both keys hold the same. */
export async function readMemory(z: ZObject, key: string) {
  const [first, copy] = await Promise.all(keysOf(key).map((each) => readCache(z, each, memorySchema)));
  return { memory: first ?? copy, isSafe: JSON.stringify(first) === JSON.stringify(copy) };
}

/**
 * Writes a memory, unless another poll has written since `before` was read: it may know more. If nothing is written,
 * the next poll returns the same versions again.
 */
export async function writeMemory(z: ZObject, key: string, memory: Memory, before?: Memory): Promise<void> {
  const [first, copy] = keysOf(key);
  const current = await readMemory(z, key);
  if (JSON.stringify(current.memory) !== JSON.stringify(before)) return;
  if (await writeCache(z, first, memory)) await replaceCache(z, copy, memory);
}
