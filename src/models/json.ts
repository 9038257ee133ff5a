/** A bare number whose digits JavaScript may round: only a text that has one is worth a look at each value. */
const bigNumber = /(?:^|[\s:,[-])\d{16}/;

/** Parses JSON. A whole number that JavaScript would round is a bigint. Throws an error where the text is no JSON. */
export function parseJson(text: string): unknown {
  if (!bigNumber.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const digits = String(context?.source);
    return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits)
      ? BigInt(digits)
      : value;
  });
}

/** A copy of JSON data in which each bigint is a text, so that none of its digits is lost. */
export function withBigNumbersAsText(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
}
