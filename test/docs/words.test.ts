import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

// Phrases that a native speaker would not write. Each was once in this repository; the list keeps it from coming back.
const gone = [
  'gives it.',
  'or not it',
  'empty where',
  'where there are',
  'where that is',
  'where no field',
  'what is a ',
  'what was given',
  'of them that',
  'in about 3600 seconds',
  'looked through',
  'heeded',
  'what is safe',
  'sees to it',
  'believes in',
  'takes over what',
  'for the case that',
  'answered with what',
  'makes no doubles',
  'what it comes down to',
  '/** gives',
  '/** whether',
  'throws where',
  'what came of',
  'where it is none',
];

const files = globSync(
  '{*.ts,*.md,{src,creates,searches,triggers,tools,test}/**/*.{ts,js,css,md},docs/**/*.md}',
  { exclude: (path) => /\.es\.md$|docs\/(?:guia|publicar)\.md$|words\.test\.ts$|node_modules/.test(path) },
);

it.each(gone)('nothing says "%s"', (turn) => {
  const found = files.filter((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\s+(?:\*|\/\/)?\s*/g, ' ');
    return text.toLowerCase().includes(turn.toLowerCase());
  });
  expect(found).toEqual([]);
});
