import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

// Phrases that a native speaker would not write. Each was once in this repository; the list keeps it from coming back.
const gone = [
  /gives it\.|\/\*\* gives|\/\*\* whether/,
  /or not it|of them that|for the case that/,
  /(?:empty|throws|fails) where|where (?:there (?:is|are)|that is|no field|none|it is none)/,
  /what (?:is a |is safe|was given|it comes down to|came of)/,
  /(?:takes over|answered with) what/,
  /in about 3600 seconds|makes no doubles/,
  /looked through|heeded|sees to it|believes in|\bso (?:many|deep)\b/,
];

const files = globSync(
  '{*.ts,*.md,{src,creates,searches,triggers,tools,test}/**/*.{ts,js,css,md},docs/**/*.md}',
  { exclude: (path) => /\.es\.md$|docs\/(?:guia|publicar)\.md$|words\.test\.ts$|node_modules/.test(path) },
);

it.each(gone)('nothing says %s', (turn) => {
  const found = files.filter((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\s+(?:\*|\/\/)?\s*/g, ' ');
    return turn.test(text.toLowerCase());
  });
  expect(found).toEqual([]);
});
