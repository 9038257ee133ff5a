import { withoutToken } from '../connection/token.ts';

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Words a time to wait: `about 7 seconds`, `about 20 minutes`, `about an hour`. */
export function about(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 2
    ? `about ${count(seconds, 'second')}`
    : minutes < 50
      ? `about ${minutes} minutes`
      : 'about an hour';
}

/** Makes text from outside fit to show: on one line, without the token and without control characters. */
export const showable = (text: string, token: string): string =>
  withoutToken(text, token).replace(/[\s\p{Cc}]+/gu, ' ');

/** Makes text fit for a sentence: the same, at most 300 characters. */
export const quotable = (text: string, token: string): string =>
  showable(text, token).slice(0, 300).toWellFormed();
