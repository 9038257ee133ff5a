import { readProse, rowsOf } from '../../tools/zapier/markdown-tables.ts';

/** Returns the table rows of the section whose heading begins with these words. Subsections belong to it. */
export function rowsUnder(path: string, heading: string): string[][] {
  const [, level, below] = new RegExp(`^(#+) ${heading}.*$([\\s\\S]*)`, 'm').exec(readProse(path)) ?? [];
  if (!level || !below) throw new Error(`${path} has no heading "${heading}".`);
  const [section = ''] = below.split(new RegExp(`^#{1,${level.length}} `, 'm'));
  return rowsOf(section);
}

/** Returns the anchors that GitHub generates for a file's headings, so that links to them can be checked. */
export function anchorsOf(path: string): string[] {
  return [...readProse(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
