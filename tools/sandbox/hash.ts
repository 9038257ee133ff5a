// Under Jest each look-up of a global goes through the test's context, which millions of hashes would feel.
const { imul } = Math;

/** A 32-bit number that looks random and is always the same for an ordinal and a salt. */
export function hashNumber(ordinal: number, salt: number): number {
  let hash = imul(ordinal + 1, 0x9e3779b1) ^ imul(salt + 1, 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The same for a text (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) hash = imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}
