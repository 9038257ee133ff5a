/** Values of every JSON type. They are JSON texts because `1e400` would become Infinity as a JavaScript number. */
export const wrongValues = [
  'null',
  '7',
  '-1.5',
  '1e400',
  '"text"',
  '""',
  'true',
  '[]',
  '[null]',
  '{}',
  '{"0":"a"}',
];

/** Returns the places of an answer that an operation may read. One item per list and one custom field stand for the rest. */
export function placesOf(value: unknown, place: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [place];
  const keys = Object.keys(value).filter(
    (key, n) =>
      !(Array.isArray(value) || place.at(-1) === 'custom_fields' ? n > 0 : false) &&
      !['links', 'current_page', 'from', 'to', 'path'].includes(key),
  );
  return [place, ...keys.flatMap((key) => placesOf(Reflect.get(value, key), [...place, key]))];
}

/** Returns the answer with the value at one place replaced by this JSON text. */
export function replaceAt(rightAnswer: string, place: string[], json: string): string {
  const marker = '\u0000here\u0000';
  const walk = (value: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return marker;
    const copy = Array.isArray(value) ? [...value] : { ...Object(value) };
    Reflect.set(copy, key, walk(Reflect.get(Object(value), key), rest));
    return copy;
  };
  return JSON.stringify(walk(JSON.parse(rightAnswer), place)).replace(JSON.stringify(marker), json);
}
