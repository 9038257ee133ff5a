import { badInput } from '../failures/failure.ts';

/** A typed or mapped value. Zapier does not promise its type. */
export type Input = unknown;
/** All inputs of a step by their keys. */
export type Inputs = Record<string, Input>;
/** Returns the value of a list of one, and undefined for an empty list. */
const single = (input: Input): Input => (Array.isArray(input) && input.length < 2 ? input[0] : input);

/** True for an input that was left empty. `false` and `0` are values. */
export const isEmpty = (input: Input): boolean =>
  ['', null, undefined].some((nothing) => nothing === single(input));

/** Everything from the first visible character to the last one, with the invisible end that an emoji may have. */
const betweenEdges =
  /[^\s\p{Cc}\p{DI}\u2800](?:.*[^\s\p{Cc}\p{DI}\u2800])?(?:(?<=\p{ExtPict})[\p{VS}\u{e0020}-\u{e007f}]+)?/su;

/** Removes invisible edges: white space of any kind, zero-width characters, marks of direction. */
export const trimmed = (text: string): string => betweenEdges.exec(text)?.[0] ?? '';

/** Returns the text. Throws an input error for half of an emoji, because servers would refuse the whole request. */
export function requireWellFormed(label: string, text: string): string {
  if (!text.isWellFormed()) {
    throw badInput(`The ${label} field contains a broken character. Type or map it again.`);
  }
  return text;
}

/** Returns the text. Throws an input error if it has more than `most` characters. */
export function requireLength(label: string, text: string, most: number): string {
  const length = text.length > most ? [...text].length : 0;
  if (length > most) {
    throw badInput(`The ${label} field has ${length} characters. Shorten it to at most ${most}.`);
  }
  return text;
}

/** Returns a single value. Throws an input error for lists and objects. */
export function parseValue(label: string, input: Input): string | number | boolean {
  const value = single(input);
  if (typeof value === 'string') return requireWellFormed(label, value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw badInput(
    `The ${label} field contains something other than text, a number or yes/no. Map a single value into it.`,
  );
}

/** Joins a list that is mapped into a box for text with commas, as Zapier does. */
export function joined(label: string, input: Input): Input {
  return Array.isArray(input) && input.length > 1
    ? input
        .filter((item) => !isEmpty(item))
        .map((item) => parseText(label, item))
        .join(',')
    : input;
}

/** The labels of choices as an error names them: `"Text", "Image"`. */
export const quoted = (labels: string[]): string => labels.map((label) => `"${label}"`).join(', ');

/** Returns the text of an input, byte for byte; empty if it was left empty. */
export const parseText = (label: string, input: Input): string =>
  isEmpty(input) ? '' : String(parseValue(label, input));

/** Returns the text of an input. Throws an input error if it is empty; `instead` tells the user what to do. */
export function parseRequiredText(label: string, input: Input, instead: string): string {
  const text = parseText(label, input);
  if (trimmed(text) === '') throw badInput(`The ${label} field is empty. ${instead}`);
  return text;
}

/** Returns the texts of a list, byte for byte, including empty ones. A single value is a list of one. */
export const parseList = (label: string, input: Input): string[] =>
  (isEmpty(input) ? [] : [input].flat()).map((item) => parseText(label, item));

/** Returns the pairs that have a value. Throws an input error for a value without a left side, and for anything but pairs. */
export function parsePairs(label: string, name: string, input: Input): [string, Input][] {
  if (isEmpty(input)) return [];
  const dictionary = single(input);
  if (typeof dictionary !== 'object' || dictionary === null || Array.isArray(dictionary)) {
    throw badInput(
      `The ${label} field does not contain pairs. Enter a ${name} on the left and a value on the right.`,
    );
  }
  const pairs = Object.entries(dictionary).filter(([, value]) => !isEmpty(value));
  if (pairs.some(([left]) => trimmed(requireWellFormed(label, left)) === '')) {
    throw badInput(`A value under ${label} has no ${name}. Enter the ${name} to the left of the value.`);
  }
  return pairs;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the rows of line items, also of one object or JSON text. Otherwise throws an input error with the advice `instead`. */
export function parseRows(label: string, input: Input, instead: string): Inputs[] {
  if (isEmpty(input)) return [];
  const rows = [typeof input === 'string' ? parseJson(input) : input].flat();
  return rows.map((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw badInput(`The ${label} field does not contain line items. ${instead}`);
    }
    return { ...row };
  });
}

const longestUrlText = 2000;
/** Characters, percent-encoded. Servers refuse addresses over 8,000, and a search contains two such texts. */
const longestSentText = 3000;

/** Throws an input error if texts are too long for a URL. */
export function requireRoom(label: string, texts: string[], most: number): void {
  const taken = texts.reduce((sum, text) => sum + encodeURIComponent(text).length, 0);
  if (taken > most) {
    throw badInput(
      `The ${label} field takes ${taken} characters in a web address, which has room for ${most}. Shorten it.`,
    );
  }
}

/** Returns the text of an input that becomes part of a URL. Throws an input error if it is too long for one. */
export function parseUrlText(label: string, input: Input): string {
  const text = requireLength(label, parseText(label, input), longestUrlText);
  requireRoom(label, [text], longestSentText);
  return text;
}

export const parseRequiredUrlText = (label: string, input: Input, instead: string): string =>
  parseRequiredText(label, parseUrlText(label, input), instead);

/** Returns a whole number from 1 to `most`; undefined if the input is empty. */
export function parseCount(label: string, input: Input, most: number): number | undefined {
  const text = parseText(label, input).trim();
  if (text === '') return undefined;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) {
    throw badInput(`The ${label} field must be a whole number from 1 to ${most}.`);
  }
  return count;
}

/** Returns yes or no; undefined if the input is empty. Texts like "false" can be mapped. */
export function parseYesNo(label: string, input: Input): boolean | undefined {
  const text = parseText(label, input).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(text)) return true;
  if (['false', 'no', '0'].includes(text)) return false;
  if (text !== '') throw badInput(`The ${label} field must be yes or no.`);
  return undefined;
}
