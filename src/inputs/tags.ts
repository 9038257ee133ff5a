import type { OutputFields } from 'zapier-platform-core';
import { tagsPerRun } from '../api/limits.ts';
import { badInput } from '../failures/failures.ts';
import { contactSample } from '../models/contact.ts';
import { type Input, readList } from './values.ts';

/** The tags that the user filled in: trimmed, empty ones and repeats dropped. Throws bad input where none is left. */
export function readTags(input: Input): string[] {
  const tags = [...new Set(readList('Tags', input).map((tag) => tag.trim()))].filter((tag) => tag !== '');
  if (tags.length === 0) {
    throw badInput('The Tags field is empty. Fill in at least one tag.');
  }
  if (tags.length > tagsPerRun) {
    throw badInput(`The Tags field holds ${tags.length} tags. Fill in at most ${tagsPerRun}.`);
  }
  return tags;
}

/** What adding and removing tags output: the contact and the tags that the run was about. */
export const tagsOutputFields: OutputFields = [
  { key: 'id', label: 'Contact ID' },
  { key: 'tags', label: 'Tags', list: true },
];
export const tagsSample = { id: contactSample.id, tags: contactSample.tags };
