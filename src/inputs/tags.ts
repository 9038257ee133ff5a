import { tagsPerRun } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { parseBoxes, parseItems } from './lists.ts';
import type { Input } from './values.ts';

function limited(tags: string[]): string[] {
  if (tags.length > tagsPerRun) {
    throw badInput(`The Tags field has ${tags.length} tags. Fill in at most ${tagsPerRun}.`);
  }
  return tags;
}

export const parseTagsToAdd = (input: Input): string[] => limited(parseItems('Tags', input));

/** A tag may contain a comma, so the whole text of a box is also removed as one tag. */
export function parseTagsToRemove(input: Input): string[] {
  const tags = parseBoxes('Tags', input).flatMap(({ text, items }) => [...items, text]);
  return limited([...new Set(tags)]);
}

/** Adds each tag with decomposed accents, because some systems save tags that way. */
export const inBothForms = (tags: string[]): string[] => [
  ...new Set([...tags, ...tags.map((tag) => tag.normalize('NFD'))]),
];

export function requireTags(tags: string[]): string[] {
  if (tags.length === 0) throw badInput('The Tags field is empty. Fill in at least one tag.');
  return tags;
}
