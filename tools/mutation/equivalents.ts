/** A fault that no test can catch, since nobody can see it. */
export interface Equivalent {
  file: string;
  /** The code as it stands in the file, and what Stryker puts in its place. */
  code: string;
  replacement: string;
  reason: string;
}

export const equivalents: Equivalent[] = [];
