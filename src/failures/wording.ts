import { withoutToken } from '../connection/token.ts';

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Puts a waiting time into words: `about 7 seconds`, `about 20 minutes`, `about an hour`. */
export function about(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 2
    ? `about ${count(seconds, 'second')}`
    : minutes < 50
      ? `about ${minutes} minutes`
      : 'about an hour';
}

/** Returns text from outside as it may be shown: on one line, without the token and without control characters. */
export const showable = (text: string, token: string): string =>
  withoutToken(text, token).replace(/[\s\p{Cc}]+/gu, ' ');

/** Like `showable`, but cut to 300 characters, so that the text fits into a sentence. */
export const quotable = (text: string, token: string): string =>
  showable(text, token).slice(0, 300).toWellFormed();
