import type { Contact } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';

/** Characters of a version: two different ones are equal in one of 10^18 cases. */
const versionLength = 10;

/** Null, a missing field and an empty one are the same to a user: the field is empty. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/**
 * A short text that changes when one of the watched fields of a contact does; always the same where none is watched.
 * @param watched field IDs, and `tags`, in a fixed order
 */
export function versionOf({ custom_fields, tags }: Contact, watched: string[]): string {
  const values = watched.map((name) =>
    name === 'tags' ? JSON.stringify([...new Set(tags)].sort()) : textOf(custom_fields[name]),
  );
  return fingerprint(JSON.stringify(values), versionLength);
}
