import { parseJson } from '../models/json.ts';

/** A character that is escaped as in JSON, also in JSON inside JSON, or percent-encoded, even repeatedly. */
const spelledCharacter = /(?:\\+u00|%(?:25)*)([2-7][\da-f])|\\+(.)/gis;

/** Unescapes a text. Three rounds undo texts that were escaped in several ways. */
function spelledOut(text: string): string {
  const round = (spelled: string) =>
    spelled.replace(
      spelledCharacter,
      (_, hex: string, plain: string | undefined) => plain ?? String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return round(round(round(text)));
}

/** Replaces the token by dots, however its characters are escaped. If they are, the result is unescaped as a whole. */
export function withoutToken(text: string, token: string): string {
  const hidden = text.replaceAll(token, '•••');
  const plain = spelledOut(hidden);
  const plainToken = spelledOut(token);
  return plain.includes(plainToken) ? plain.replaceAll(plainToken, '•••') : hidden;
}

/** Characters. Real tokens are longer. A short one, as in a sandbox, would be found in ordinary words. */
const shortestToken = 8;
/** Levels. The API's answers have five, and core and JSON.stringify fail after some thousand. */
const deepest = 100;

export interface AnswerBody {
  data: unknown; // The JSON of an answer; undefined if its body is not JSON.
  isTooDeep: boolean; // True if the JSON has more than 100 levels; `data` holds null below them.
}

/** Parses an answer and hides the token in it: some answers repeat it, and outputs travel on through a user's Zaps. */
export function parseBodyWithoutToken(content: string, token: string): AnswerBody {
  const hide = (text: string) => (token.length < shortestToken ? text : withoutToken(text, token));
  let isTooDeep = false;
  const copy = (value: unknown, level: number): unknown => {
    if (typeof value === 'string') return hide(value);
    if (typeof value !== 'object' || value === null) return value;
    if (level > deepest) {
      isTooDeep = true;
      return null;
    }
    return Array.isArray(value)
      ? value.map((inner) => copy(inner, level + 1))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [hide(key), copy(inner, level + 1)]));
  };
  try {
    // JSON.parse refuses a byte order mark.
    return { data: copy(parseJson(content.replace(/^\ufeff/, '')), 1), isTooDeep };
  } catch {
    return { data: undefined, isTooDeep };
  }
}
