/** Finds numbers that JavaScript may round. Only a text that contains one needs a look at each value. */
const bigNumber = /(?:^|[\s:,[-])\d{16}/;

/** Parses JSON. Whole numbers that JavaScript would round become bigints. Throws if the text is not JSON. */
export function parseJson(text: string): unknown {
  if (!bigNumber.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const digits = String(context?.source);
    return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits)
      ? BigInt(digits)
      : value;
  });
}

/** Copies data with each bigint as a text, so that no digit is lost. */
export function withBigNumbersAsText(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
}
