import type { Contact } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';

/** Characters. Two different versions are equal in one of 10^18 cases. */
const LENGTH = 10;

/** To a user, null, a missing field and an empty one are all empty. */
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** Returns the watched values and tags as text. In the trigger's own field, capitals do not count, as on most servers. */
export function watchedText({ custom_fields, tags }: Contact, field: string, others: string[]): string {
  const values = others.map((name) =>
    name === 'tags' ? JSON.stringify([...new Set(tags)].sort()) : textOf(custom_fields[name]),
  );
  return JSON.stringify([textOf(custom_fields[field]).toLowerCase(), ...values]);
}

/** Returns the `version` of a contact after this many changes, in the memory with this name. */
export const versionOf = (watched: string, memory: string, changes: number): string =>
  fingerprint(JSON.stringify([watched, memory, changes]), LENGTH);
