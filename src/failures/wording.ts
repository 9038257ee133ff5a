import { withoutToken } from '../connection/token.ts';

/** `1 second`, `2 seconds`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Text from outside, made fit to show: on one line, without the token, and without what steers a terminal. */
export function showable(text: string, token: string): string {
  return withoutToken(text, token).replace(/[\s\p{Cc}]+/gu, ' ');
}

/** The same for a sentence: at most 300 characters. */
export function quotable(text: string, token: string): string {
  return showable(text, token).slice(0, 300).toWellFormed();
}
