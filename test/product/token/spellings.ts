import { token } from './places.ts';

const everyCharacter = (spell: (hex: string) => string) =>
  [...token].map((character) => spell(character.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

/** Returns a text escaped as in a JSON string, without the quotation marks. */
const asJson = (text: string) => JSON.stringify(text).slice(1, -1);

const slashesEscaped = token.replaceAll('/', '\\/');
const lower = everyCharacter((hex) => `\\u00${hex}`);

const percentEscaped = encodeURIComponent(token).replaceAll('%', '\\u0025');

/** The ways in which JSON can spell the token. A search for the plain token would miss all but the first. */
export const spellings: [name: string, spelled: string][] = [
  ['as it is', token],
  ['with slashes escaped, as PHP writes it', slashesEscaped],
  ['escaped in lower hex', lower],
  ['escaped in upper hex', everyCharacter((hex) => `\\u00${hex.toUpperCase()}`)],
  ['escaped in part', token.replace('n', '\\u006e').replace('+', '\\u002B')],
  ['percent-encoded', encodeURIComponent(token)],
  ['percent-encoded in lower hex', encodeURIComponent(token).toLowerCase()],
  ['percent-encoded whole', everyCharacter((hex) => `%${hex}`)],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(token))],
  ['percent-encoded and escaped', percentEscaped],
  ['as JSON within JSON, slashes escaped', asJson(slashesEscaped)],
  ['as JSON within JSON, escaped', asJson(lower)],
  ['as JSON within JSON within JSON', asJson(asJson(slashesEscaped))],
  ['as JSON within JSON, percent-encoded and escaped', asJson(percentEscaped)],
  ['as JSON within JSON, escaped and percent-encoded', encodeURIComponent(percentEscaped)],
];

const characterOf = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
/** The decodings that a reader of a leaked text could try. */
const decoders = [
  (text: string) => text.replace(/%([\da-f]{2})/gi, characterOf),
  (text: string) => text.replace(/\\u([\da-f]{4})/gi, characterOf),
  (text: string) => text.replace(/\\([^u])/g, '$1'),
];

function* textsIn(heard: unknown): Generator<string> {
  const waiting = [heard];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      yield value;
    } else if (typeof value === 'object' && value !== null) {
      waiting.push(...Object.keys(value), ...Object.values(value));
    }
  }
}

/** Returns every text and key in a value, plain and decoded up to four times in any order, to find hidden tokens. */
export function readingsOf(heard: unknown): string[] {
  const readings = new Set(textsIn(heard));
  let latest = [...readings];
  for (let round = 0; round < 4; round += 1) {
    latest = latest
      .flatMap((text) => decoders.map((decode) => decode(text)))
      .filter((text) => !readings.has(text));
    for (const text of latest) readings.add(text);
  }
  return [...readings];
}
