import { withoutToken } from '../connection/token.ts';

/** `1 second`, `2 seconds`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A time to wait, as people say it: `about 7 seconds`, `about 20 minutes`, `about an hour`. */
export function about(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 2
    ? `about ${count(seconds, 'second')}`
    : minutes < 50
      ? `about ${minutes} minutes`
      : 'about an hour';
}

/** Text from outside, made fit to show: on one line, without the token, and without what steers a terminal. */
export function showable(text: string, token: string): string {
  return withoutToken(text, token).replace(/[\s\p{Cc}]+/gu, ' ');
}

/** The same for a sentence: at most 300 characters. */
export function quotable(text: string, token: string): string {
  return showable(text, token).slice(0, 300).toWellFormed();
}
