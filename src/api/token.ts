import type { HttpResponse } from 'zapier-platform-core';

/** Characters. Real tokens are longer; in a sandbox, a token like `x` would be found in ordinary words. */
const shortestToken = 8;

/** The data of an answer, with the token replaced where the answer repeats it: outputs travel on through a user's Zaps. */
export function dataWithoutToken({ content, data }: HttpResponse<unknown>, token: string): unknown {
  const inJson = JSON.stringify(token).slice(1, -1);
  // PHP, which the API is written in, writes a slash in JSON as \/.
  const isRepeated = [inJson, inJson.replaceAll('/', '\\/')].some((spelling) => content.includes(spelling));
  if (!isRepeated || data === undefined || token.length < shortestToken) {
    return data;
  }
  const hide = (text: string) => text.replaceAll(token, '•••');
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => {
    if (typeof value === 'string') {
      return hide(value);
    }
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [hide(key), inner]))
      : value;
  });
}
