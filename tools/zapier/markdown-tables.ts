import { readFileSync } from 'node:fs';

/** Reads a Markdown file without its code blocks. */
export function readProse(path: string): string {
  return readFileSync(path, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
}

/** Returns the rows of all tables, headers included, as lists of cells. */
export function rowsOf(markdown: string): string[][] {
  return [...markdown.matchAll(/^\|(.*)\|$/gm)]
    .map(([, row = '']) => row.split('|').map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^-*$/.test(cell) && cell !== ''));
}
