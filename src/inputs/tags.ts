import { defineInputField } from 'zapier-platform-core';
import { tagsPerRun } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { type Input, parseList } from './values.ts';

/** How people write several tags in one box, such as the cell of a sheet. */
const separators = /[,\r\n]/;

/** The tags beside the fields of a contact. */
export const tagsField = defineInputField({
  key: 'tags',
  label: 'Tags',
  list: true,
  helpText: 'Added to the contact. Put each tag in its own box, or several in one box separated by commas.',
});

function distinct(tags: string[]): string[] {
  const filled = [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '');
  if (filled.length > tagsPerRun) {
    throw badInput(`The Tags field has ${filled.length} tags. Fill in at most ${tagsPerRun}.`);
  }
  return filled;
}

/** Tags to add: separated by commas and line breaks, trimmed, empty ones and repeats dropped. There may be none. */
export function parseTagsToAdd(input: Input): string[] {
  return distinct(parseList('Tags', input).flatMap((text) => text.split(separators)));
}

/** Tags to remove: one in each box, trimmed, empty ones and repeats dropped. There may be none. */
export function parseTagsToRemove(input: Input): string[] {
  return distinct(parseList('Tags', input));
}

/** The same tags. Throws bad input where there is none. */
export function requireTags(tags: string[]): string[] {
  if (tags.length === 0) {
    throw badInput('The Tags field is empty. Fill in at least one tag.');
  }
  return tags;
}
