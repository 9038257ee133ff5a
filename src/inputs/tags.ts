import { tagsPerRun } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { type Input, parseList } from './values.ts';

/** The tags that the user filled in: trimmed, empty ones and repeats dropped. Throws bad input where none is left. */
export function parseTags(input: Input): string[] {
  const tags = [...new Set(parseList('Tags', input).map((tag) => tag.trim()))].filter((tag) => tag !== '');
  if (tags.length === 0) {
    throw badInput('The Tags field is empty. Fill in at least one tag.');
  }
  if (tags.length > tagsPerRun) {
    throw badInput(`The Tags field holds ${tags.length} tags. Fill in at most ${tagsPerRun}.`);
  }
  return tags;
}
