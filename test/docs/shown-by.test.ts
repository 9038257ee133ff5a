import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readProse, rowsOf } from '../../tools/zapier/markdown-tables.ts';

// Each promise of these pages names the test that proves it, so renaming or deleting that test fails here.

const read = (path: string) => readFileSync(path, 'utf8');
const tests = globSync('test/{src,product}/**/*.test.ts').map(read).join('\n');

describe.each(['docs/new-contact.md', 'docs/updated-contact.md', 'docs/zapier.md'])('%s', (page) => {
  const tables = readProse(page).split('\n\n').map(rowsOf);
  const rows = tables.filter(([header]) => header?.at(-1) === 'Shown by').flatMap(([, ...rows]) => rows);

  it.each(rows.map((cells) => cells.slice(-2)))('%s names tests that there are: %s', (_, shown = '') => {
    const [, file] = /\]\(\.\.\/([^)]+)\)/.exec(shown) ?? [];
    const titles = [...shown.matchAll(/"(.+?)"(?=,|$)/g)].map(([, title]) => title);
    expect(titles).not.toEqual([]);
    for (const title of titles) expect(file ? read(file) : tests).toContain(title);
  });
});
