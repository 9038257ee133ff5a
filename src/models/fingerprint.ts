/** An import would also load what the module re-exports, which takes longer than all our code. */
const { createHash } = process.getBuiltinModule('node:crypto');

/** Returns a short name for a text, always the same one. */
export const fingerprint = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);
