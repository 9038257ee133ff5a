import { withoutToken } from '../api/token.ts';

/** `1 second`, `2 seconds`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Text from outside, made fit to show in a sentence: on one line, at most 300 characters, without the token. */
export function quotable(text: string, token: string): string {
  return withoutToken(text, token)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300)
    .toWellFormed();
}
