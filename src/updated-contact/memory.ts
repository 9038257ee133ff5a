import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { readCache, replaceCache, writeCache } from '../polling/cache.ts';
import { progressSchema, totalsSchema } from './reading.ts';

/** A contact that this many readings in a row did not find is gone: it has no watched value. */
export const GONE = 2;

export interface Known {
  watched: string; // A fingerprint of the contact's watched values.
  changes: number; // How often these values have changed, or the contact has come back.
  freshness: number; // Polls return the contact until this is 0. It falls from 2 to 0 within about an hour.
  misses: number; // Readings in a row that did not find the contact.
  isFound: boolean; // True if the unfinished reading has found the contact.
}

/** A contact takes 14 characters: fingerprints of its ID and its watched values, and three bytes of numbers. */
export const fingerprintLengths = { id: 6, watched: 4 };
/** `freshness`, `misses` and `isFound` have 18 combinations, which leaves room for 900,000 changes. */
const FLAGS = 3 * 3 * 2;
/** Contacts that are remembered, those that are gone included. Two copies of the memory take 15 kB. */
const CONTACT_LIMIT = 540;
const countSchema = schema._default(schema.number(), 0);

export const memorySchema = schema.object({
  name: schema.string(), // A random name, so that every memory makes versions of its own.
  /** How many readings have been made to find out who is there; null once that is known. */
  learning: schema.nullable(schema.number()),
  firstChanges: countSchema, // The `changes` of an unknown contact: more than any forgotten one had, so no version repeats.
  unread: countSchema, // How many entries were unreadable. If there is one more, it may be a contact that seems to be gone.
  agedAt: countSchema, // When freshness was last reduced, in Unix seconds.
  /** How many contacts each list held, and when; null if the next poll is to read everything. */
  counted: schema._default(
    schema.nullable(schema.object({ totals: totalsSchema, at: schema.number() })),
    null,
  ),
  reading: schema._default(schema.nullable(progressSchema), null),
  contacts: schema._default(schema.string().check(schema.regex(/^(?:[\w-]{14})*$/)), ''),
});
export type Memory = schema.infer<typeof memorySchema>;

/** Unpacks the contacts of a memory, by the fingerprints of their IDs. */
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

/** Packs contacts into a memory. If there is no room for all, those that have been missing longest are forgotten. */
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

/** A memory is saved under two keys, so that losing one loses nothing. */
const keysOf = (key: string) => [key, `${key}:copy`] as const;

/** Reads a memory; undefined if it is lost. `isSafe` is true if both keys hold the same. */
export async function readMemory(z: ZObject, key: string) {
  const [first, copy] = await Promise.all(keysOf(key).map((each) => readCache(z, each, memorySchema)));
  return { memory: first ?? copy, isSafe: JSON.stringify(first) === JSON.stringify(copy) };
}

/** Writes a memory, unless another poll, which may know more, has written since `before`. Then the next poll repeats versions. */
export async function writeMemory(z: ZObject, key: string, memory: Memory, before?: Memory): Promise<void> {
  const [first, copy] = keysOf(key);
  const current = await readMemory(z, key);
  if (JSON.stringify(current.memory) !== JSON.stringify(before)) return;
  if (await writeCache(z, first, memory)) await replaceCache(z, copy, memory);
}
