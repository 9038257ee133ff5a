import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

// Each promise on a trigger's page names the test that proves it, so renaming or deleting that test fails here.

const read = (path: string) => readFileSync(path, 'utf8');

describe.each(['new-contact', 'updated-contact'])('docs/%s.md', (trigger) => {
  const tests = [...globSync(`test/src/{${trigger},polling}/*.test.ts`)].map(read).join('\n');
  const rows = read(`docs/${trigger}.md`)
    .split('\n')
    .filter((line) => /^\|.*"[^"]+" \|$/.test(line));

  it.each(rows)('names tests that there are: %s', (row) => {
    const shown = row.split(' | ').at(-1) ?? '';
    for (const [, title = ''] of shown.matchAll(/"([^"]+)"/g)) expect(tests).toContain(title);
  });

  it.each(['What you may rely on', 'Its limits'])('names a test in every row of "%s"', (heading) => {
    const [, part = ''] = read(`docs/${trigger}.md`).split(`## ${heading}\n`);
    const [table = ''] = part.split('\n## ');
    const [, , ...promised] = table.split('\n').filter((line) => line.startsWith('|'));
    expect(promised.length).toBeGreaterThan(5);
    for (const line of promised) expect(rows).toContain(line);
  });
});
