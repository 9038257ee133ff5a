import { badInput } from './failures.ts';

/** What a user typed or mapped; the platform does not promise its type. */
export type Input = unknown;

/** An input left empty is not sent and changes nothing; `false` and `0` are values. */
export function isEmpty(input: Input): input is undefined | null | '' {
  return input === undefined || input === null || input === '';
}

/** A value that a form can hold. Throws bad input for lists and objects. */
export function readValue(label: string, input: Input): string | number | boolean {
  if (typeof input === 'string' || typeof input === 'boolean' || Number.isFinite(input)) {
    return input as string | number | boolean;
  }
  throw badInput(
    `The ${label} field holds something that is no text, number or yes/no. Map a single value into it.`,
  );
}

/** The text of an input, byte for byte; empty text where it was left empty. */
export function readText(label: string, input: Input): string {
  return isEmpty(input) ? '' : String(readValue(label, input));
}

/** Text that must be there; `instead` tells the user what to do. */
export function requireText(label: string, input: Input, instead: string): string {
  const text = readText(label, input);
  if (text.trim() === '') {
    throw badInput(`The ${label} field is empty. ${instead}`);
  }
  return text;
}

/** The texts of a list, byte for byte, empty ones included. A single value is a list of one. */
export function readList(label: string, input: Input): string[] {
  return (isEmpty(input) ? [] : [input].flat()).map((item) => readText(label, item));
}

/** Longer than any value worth looking for; servers refuse addresses of more than 8,000 characters. */
const longestUrlText = 2000;

/** Text that goes into a URL, which takes every text but an endless one or one with half a character in it. */
export function readUrlText(label: string, input: Input): string {
  const text = readText(label, input);
  if (!text.isWellFormed()) {
    throw badInput(`The ${label} field holds a broken character. Type or map it again.`);
  }
  if (text.length > longestUrlText) {
    throw badInput(
      `The ${label} field holds ${text.length} characters. Shorten it to at most ${longestUrlText}.`,
    );
  }
  return text;
}

/** The same, where it must be there. */
export function requireUrlText(label: string, input: Input, instead: string): string {
  return requireText(label, readUrlText(label, input), instead);
}

/** Yes, no, or undefined where it was left empty. Texts like "false" can be mapped into such a field. */
export function readYesNo(label: string, input: Input): boolean | undefined {
  const text = readText(label, input).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(text)) {
    return true;
  }
  if (['false', 'no', '0'].includes(text)) {
    return false;
  }
  if (text !== '') {
    throw badInput(`The ${label} field must be yes or no.`);
  }
  return undefined;
}
