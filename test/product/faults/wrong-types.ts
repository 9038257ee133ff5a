/** Values of other types, as JSON. */
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

/** Places of an answer that an operation may look at: one of each list, one custom field, the counts of `meta`. */
export function placesOf(value: unknown, place: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [place];
  const keys = Object.keys(value).filter(
    (key, n) =>
      !(Array.isArray(value) || place.at(-1) === 'custom_fields' ? n > 0 : false) &&
      !['links', 'current_page', 'from', 'to', 'path'].includes(key),
  );
  return [place, ...keys.flatMap((key) => placesOf(Reflect.get(value, key), [...place, key]))];
}

/** The answer with another value in one place. */
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
