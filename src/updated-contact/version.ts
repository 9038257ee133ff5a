import type { Contact } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';

/** Characters of a version: two different ones are equal in one of 10^18 cases. */
const LENGTH = 10;

/** Null, a missing field and an empty one are the same to a user: the field is empty. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/**
 * A text that changes if the contact goes from one watched value of this field to another, or one of the other watched
 * fields or the tags change. Values that differ only in upper and lower case are the same, as for most servers.
 */
export function watchedText({ custom_fields, tags }: Contact, field: string, others: string[]): string {
  const values = others.map((name) =>
    name === 'tags' ? JSON.stringify([...new Set(tags)].sort()) : textOf(custom_fields[name]),
  );
  return JSON.stringify([textOf(custom_fields[field]).toLowerCase(), ...values]);
}

/** The `version` of a contact whose watched fields have changed so often since the memory with this name began. */
export function versionOf(watched: string, memory: string, changes: number): string {
  return fingerprint(JSON.stringify([watched, memory, changes]), LENGTH);
}
