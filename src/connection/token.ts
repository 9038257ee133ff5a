import { parseJson } from '../models/json.ts';

/** A character as JSON may escape it, also in JSON within JSON, or percent-encoded once or several times. */
const spelledCharacter = /(?:\\+u00|%(?:25)*)([2-7][\da-f])|\\+(.)/gis;

/** Text with such characters as they are. Three rounds undo what was escaped in several ways. */
function spelledOut(text: string): string {
  const round = (spelled: string) =>
    spelled.replace(
      spelledCharacter,
      (_, hex: string, plain: string | undefined) => plain ?? String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return round(round(round(text)));
}

/** Text with the token replaced, however its characters are spelled. Where they are escaped, all of the text is unescaped. */
export function withoutToken(text: string, token: string): string {
  const hidden = text.replaceAll(token, '•••');
  const plain = spelledOut(hidden);
  const plainToken = spelledOut(token);
  return plain.includes(plainToken) ? plain.replaceAll(plainToken, '•••') : hidden;
}

/** Characters. Real tokens are longer; in a sandbox, a token like `x` would be found in ordinary words. */
const shortestToken = 8;

/** Levels. The API's answers have five; the platform's core and JSON.stringify fail after some thousand. */
const deepest = 100;

/** The body of an answer. */
export interface AnswerBody {
  /** Its JSON; undefined where it is none. */
  data: unknown;
  /** It is nested more than 100 levels deep, and `data` holds null from there on. */
  isTooDeep: boolean;
}

/** Reads the JSON of an answer, with the token replaced where it is repeated: outputs travel on through a user's Zaps. */
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
    // JSON takes no byte order mark.
    return { data: copy(parseJson(content.replace(/^\ufeff/, '')), 1), isTooDeep };
  } catch {
    return { data: undefined, isTooDeep };
  }
}
