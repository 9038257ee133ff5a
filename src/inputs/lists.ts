import { parseJson, withBigNumbersAsText } from '../models/json.ts';
import { type Input, isEmpty, parseList, parseText, trimmed } from './values.ts';

/** What separates several items in one box, such as the cell of a sheet: commas and line breaks. */
const separators = /[,\n\v\f\r\u0085\u2028\u2029]/;
const lineBreaks = /[\n\v\f\r\u0085\u2028\u2029]/;

/** What the help text of a list says. */
export const separatorsHelp = 'in its own box, or several in one box separated by commas or line breaks';

/** What one box of a list holds, trimmed and with its letters composed: the whole text, and the items in it. */
export interface Box {
  text: string;
  items: string[];
}

/** The list that a text is the JSON of; undefined where it is none. */
function jsonListOf(text: string): Input[] | undefined {
  try {
    const list = text.startsWith('[') ? withBigNumbersAsText(parseJson(text)) : undefined;
    return Array.isArray(list) ? list.flat() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The boxes of a list that are not empty. A single value is a list of one. A text that is a JSON list is that list:
 * each of its items is a box, which nothing separates.
 */
export function parseBoxes(label: string, input: Input): Box[] {
  const read = (value: Input) => trimmed(parseText(label, value)).normalize('NFC');
  const boxes = (isEmpty(input) ? [] : [input].flat(2)).flatMap((value) => {
    const text = read(value);
    const list = jsonListOf(text);
    return list
      ? list.map(read).map((item) => ({ text: item, items: [item] }))
      : [{ text, items: text.split(separators).map(trimmed).filter(Boolean) }];
  });
  return boxes.filter(({ text }) => text !== '');
}

/** The items of a list, separated by commas and line breaks, without empty ones and repeats. */
export function parseItems(label: string, input: Input): string[] {
  return [...new Set(parseBoxes(label, input).flatMap(({ items }) => items))];
}

/**
 * The texts of a list that line breaks alone separate, byte for byte, without those of which nothing can be seen. A text
 * that is a JSON list is that list.
 */
export function parseLines(label: string, input: Input): string[] {
  return parseList(label, input)
    .flatMap(
      (text) => jsonListOf(text.trim())?.map((item) => parseText(label, item)) ?? text.split(lineBreaks),
    )
    .filter((text) => trimmed(text) !== '');
}
