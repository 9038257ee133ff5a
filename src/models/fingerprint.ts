/** Importing it would also load what it re-exports, which takes longer than all our code. */
const { createHash } = process.getBuiltinModule('node:crypto');

/** A short name for any text, the same every time. */
export const fingerprint = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);
