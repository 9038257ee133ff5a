import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';

// The layers from top to bottom. A file imports only from its own layer or a lower one, so a lower one works alone.
const layers: RegExp[] = [
  /^(?:index|authentication)\.ts$|^(?:creates|searches|triggers)\//,
  /^src\/(?:inputs|new-contact|updated-contact|sample)\//,
  /^src\/polling\//,
  /^src\/api\//,
  /^src\/(?:failures|connection|models|phone)\//,
];
const files = globSync(['*.ts', '{creates,searches,triggers,src}/**/*.ts']).filter(
  (file) => !/^jest\./.test(file),
);
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+\.ts)'/g)].map(
    ([, path = '']) => join(dirname(file), path),
  );
const layerOf = (file: string) => layers.findIndex((layer) => layer.test(file));

it('every file of the product belongs to a layer, and imports nothing from a layer above', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
  const backwards = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => layerOf(imported) < layerOf(file))
      .map((imported) => `${file} → ${imported}`),
  );
  expect(backwards).toEqual([]);
});

it('no file imports itself, by whatever way', () => {
  const reach = (file: string, seen: Set<string>): Set<string> => {
    for (const imported of importsOf(file)) if (!seen.has(imported)) reach(imported, seen.add(imported));
    return seen;
  };
  expect(files.filter((file) => reach(file, new Set()).has(file))).toEqual([]);
});
