import { parseJson, withBigNumbersAsText } from '../models/json.ts';
import { type Input, isEmpty, parseList, parseText, trimmed } from './values.ts';

/** Separators of several items in one box, such as a spreadsheet cell. */
const separators = /[,\n\v\f\r\u0085\u2028\u2029]/;
const lineBreaks = /[\n\v\f\r\u0085\u2028\u2029]/;
export const separatorsHelp = 'in its own box, or several in one box separated by commas or line breaks';

/** One box of a list, trimmed and with composed letters: its text, and the items in it. */
export type Box = { text: string; items: string[] };

/** Returns the list that a text contains as JSON; undefined for other texts. */
function jsonListOf(text: string): Input[] | undefined {
  try {
    const list = text.startsWith('[') ? withBigNumbersAsText(parseJson(text)) : undefined;
    return Array.isArray(list) ? list.flat() : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the boxes that are not empty. A single value is a list of one; items of a JSON list are not separated. */
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

/** Returns all items without repeats. */
export const parseItems = (label: string, input: Input): string[] => [
  ...new Set(parseBoxes(label, input).flatMap(({ items }) => items)),
];

/** Returns the lines of a list, byte for byte, without blank ones. Only line breaks separate them. */
export function parseLines(label: string, input: Input): string[] {
  return parseList(label, input)
    .flatMap(
      (text) => jsonListOf(text.trim())?.map((item) => parseText(label, item)) ?? text.split(lineBreaks),
    )
    .filter((text) => trimmed(text) !== '');
}
