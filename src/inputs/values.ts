import { badInput } from '../failures/failure.ts';

/** What a user typed or mapped; the platform does not promise its type. */
export type Input = unknown;

/** What a step was given, by the keys of its fields. */
export type Inputs = Record<string, Input>;

/** What an input holds: a list of one is that one value, and a list of none is nothing. */
function single(input: Input): Input {
  return Array.isArray(input) && input.length < 2 ? input[0] : input;
}

/** An input left empty is not sent and changes nothing; `false` and `0` are values. */
export function isEmpty(input: Input): boolean {
  return ['', null, undefined].some((nothing) => nothing === single(input));
}

/** From the first visible character to the last one, with the invisible end that an emoji may have. */
const betweenEdges =
  /[^\s\p{Cc}\p{DI}\u2800](?:.*[^\s\p{Cc}\p{DI}\u2800])?(?:(?<=\p{ExtPict})[\p{VS}\u{e0020}-\u{e007f}]+)?/su;

/** A text without its invisible edges: white space of every kind, zero-width characters, marks of direction. */
export function trimmed(text: string): string {
  return betweenEdges.exec(text)?.[0] ?? '';
}

/** The same text. Throws bad input for half of an emoji: servers refuse a whole request for it. */
export function requireWellFormed(label: string, text: string): string {
  if (!text.isWellFormed()) {
    throw badInput(`The ${label} field contains a broken character. Type or map it again.`);
  }
  return text;
}

/** The same text. Throws bad input where it has more characters than this. */
export function requireLength(label: string, text: string, most: number): string {
  const length = text.length > most ? [...text].length : 0;
  if (length > most) {
    throw badInput(`The ${label} field has ${length} characters. Shorten it to at most ${most}.`);
  }
  return text;
}

/** A value that a form can hold. Throws bad input for longer lists and for objects. */
export function parseValue(label: string, input: Input): string | number | boolean {
  const value = single(input);
  if (typeof value === 'string') return requireWellFormed(label, value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw badInput(
    `The ${label} field contains something other than text, a number or yes/no. Map a single value into it.`,
  );
}

/** What a box for a text holds if a list is mapped into it: its values, joined with commas as Zapier does. */
export function joined(label: string, input: Input): Input {
  return Array.isArray(input) && input.length > 1
    ? input
        .filter((item) => !isEmpty(item))
        .map((item) => parseText(label, item))
        .join(',')
    : input;
}

/** The labels of choices as an error names them: `"Text", "Image"`. */
export function quoted(labels: string[]): string {
  return labels.map((label) => `"${label}"`).join(', ');
}

/** The text of an input, byte for byte; empty text where it was left empty. */
export function parseText(label: string, input: Input): string {
  return isEmpty(input) ? '' : String(parseValue(label, input));
}

/** Text that must be there; `instead` tells the user what to do. */
export function parseRequiredText(label: string, input: Input, instead: string): string {
  const text = parseText(label, input);
  if (trimmed(text) === '') throw badInput(`The ${label} field is empty. ${instead}`);
  return text;
}

/** The texts of a list, byte for byte, empty ones included. A single value is a list of one. */
export function parseList(label: string, input: Input): string[] {
  return (isEmpty(input) ? [] : [input].flat()).map((item) => parseText(label, item));
}

/**
 * The pairs of a dictionary, those without a value dropped; `name` is what its left side is called.
 * Throws bad input for anything else, and for a value that has nothing on its left.
 */
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

/**
 * The rows of line items, empty ones included. Zapier gives a list of objects; one object, or JSON text of either, can
 * be mapped. Throws bad input for anything else; `instead` tells the user what to do.
 */
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

/** Characters. */
const longestUrlText = 2000;

/**
 * Characters as they are sent. Servers refuse addresses longer than 8,000; a search has a field ID and a value, and
 * percent-encoding makes up to nine of one.
 */
const longestSentText = 3000;

/** Throws bad input if texts take more characters than this in a URL. */
export function requireRoom(label: string, texts: string[], most: number): void {
  const taken = texts.reduce((sum, text) => sum + encodeURIComponent(text).length, 0);
  if (taken > most) {
    throw badInput(
      `The ${label} field takes ${taken} characters in a web address, which has room for ${most}. Shorten it.`,
    );
  }
}

/** Text that goes into a URL. Throws bad input where it is too long. */
export function parseUrlText(label: string, input: Input): string {
  const text = requireLength(label, parseText(label, input), longestUrlText);
  requireRoom(label, [text], longestSentText);
  return text;
}

/** The same, where it must not be empty. */
export function parseRequiredUrlText(label: string, input: Input, instead: string): string {
  return parseRequiredText(label, parseUrlText(label, input), instead);
}

/** A whole number from 1 to `most`; undefined where it was left empty. Throws bad input for anything else. */
export function parseCount(label: string, input: Input, most: number): number | undefined {
  const text = parseText(label, input).trim();
  if (text === '') return undefined;
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) {
    throw badInput(`The ${label} field must be a whole number from 1 to ${most}.`);
  }
  return count;
}

/** Yes, no, or undefined where it was left empty. Texts like "false" can be mapped into such a field. */
export function parseYesNo(label: string, input: Input): boolean | undefined {
  const text = parseText(label, input).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(text)) return true;
  if (['false', 'no', '0'].includes(text)) return false;
  if (text !== '') throw badInput(`The ${label} field must be yes or no.`);
  return undefined;
}
