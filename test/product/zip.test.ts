import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyRuntimePackages } from '../../tools/scripts/zip.ts';

const manifest = (version: string) => JSON.stringify({ version });
const needed = {
  'node_modules/a/package.json': manifest('1.0.0'),
  'node_modules/a/lib/a.js': '',
  'node_modules/a/node_modules/@scope/b/package.json': manifest('2.0.0'),
};
const others = {
  'package-lock.json': JSON.stringify({
    packages: {
      '': { version: '9.9.9' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/@scope/b': { version: '2.0.0' },
      'node_modules/c': { version: '3.0.0', optional: true },
      'node_modules/d': { version: '4.0.0', devOptional: true },
      'node_modules/tool': { version: '5.0.0', dev: true },
    },
  }),
  'node_modules/.package-lock.json': '{}',
  'node_modules/c/package.json': manifest('3.0.0'),
  'node_modules/d/package.json': manifest('4.0.0'),
  'node_modules/tool/package.json': manifest('5.0.0'),
  'node_modules/extraneous/package.json': manifest('1.0.0'),
  'node_modules/a/node_modules/extraneous/package.json': manifest('1.0.0'),
  'node_modules/a/.env': 'secret',
  'node_modules/a/lib/.env.local': 'secret',
};

describe('what a run needs of node_modules', () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'project-'));
    for (const [path, text] of Object.entries({ ...needed, ...others })) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it('is what package-lock.json names, whatever else lies there', () => {
    const copy = join(project, 'copy');
    copyRuntimePackages(project, copy);
    const copied = globSync('**/{*.*,.*}', { cwd: copy }).filter((path) => /\.\w+$/.test(path));
    expect(copied.sort()).toEqual(Object.keys(needed).sort());
  });

  it.each(['1.0.1', undefined])('is refused if it is not of the version that is named: %s', (version) => {
    const a = join(project, 'node_modules/a/package.json');
    if (version) writeFileSync(a, manifest(version));
    else rmSync(a);
    expect(() => copyRuntimePackages(project, join(project, 'copy'))).toThrow(
      'node_modules/a is not the 1.0.0 that package-lock.json names. Run npm ci.',
    );
  });
});
