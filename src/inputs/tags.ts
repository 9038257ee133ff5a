import { defineInputField } from 'zapier-platform-core';
import { tagsPerRun } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { parseBoxes, parseItems, separatorsHelp } from './lists.ts';
import type { Input } from './values.ts';

/** The tags beside the fields of a contact. */
export const tagsField = defineInputField({
  key: 'tags',
  label: 'Tags',
  list: true,
  helpText: `Added to the contact. Put each tag ${separatorsHelp}.`,
  group: 'tags',
});

function limited(tags: string[]): string[] {
  if (tags.length > tagsPerRun) {
    throw badInput(`The Tags field has ${tags.length} tags. Fill in at most ${tagsPerRun}.`);
  }
  return tags;
}

/** Tags to add. There may be none. */
export function parseTagsToAdd(input: Input): string[] {
  return limited(parseItems('Tags', input));
}

/** Tags to remove: also the whole text of a box that holds several, as a tag may have a comma. There may be none. */
export function parseTagsToRemove(input: Input): string[] {
  const tags = parseBoxes('Tags', input).flatMap(({ text, items }) => [...items, text]);
  return limited([...new Set(tags)]);
}

/** The same tags, and those of them that can be saved with decomposed letters, as some systems send them. */
export function inBothForms(tags: string[]): string[] {
  return [...new Set([...tags, ...tags.map((tag) => tag.normalize('NFD'))])];
}

/** The same tags. Throws bad input where there is none. */
export function requireTags(tags: string[]): string[] {
  if (tags.length === 0) throw badInput('The Tags field is empty. Fill in at least one tag.');
  return tags;
}
