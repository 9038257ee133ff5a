import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { copyRuntimePackages } from '../../tools/scripts/zip.ts';

/** Creates a temporary folder with these files. The keys are paths, the values are contents. */
function makeProject(files: Record<string, string>): string {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

const filesOf = (folder: string) =>
  globSync('**/{*,.*}', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

describe('what a run needs of node_modules', () => {
  const manifest = (version: string) => JSON.stringify({ version });
  const tree = {
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
    'node_modules/a/package.json': manifest('1.0.0'),
    'node_modules/a/lib/a.js': '',
    'node_modules/a/node_modules/@scope/b/package.json': manifest('2.0.0'),
  };
  const dirt = {
    '.env': 'secret',
    'node_modules/.package-lock.json': '{}',
    'node_modules/c/package.json': manifest('3.0.0'),
    'node_modules/d/package.json': manifest('4.0.0'),
    'node_modules/tool/package.json': manifest('5.0.0'),
    'node_modules/extraneous/package.json': manifest('1.0.0'),
    'node_modules/a/node_modules/extraneous/package.json': manifest('1.0.0'),
    'node_modules/a/.env': 'secret',
    'node_modules/a/lib/.env.local': 'secret',
  };

  it('is what package-lock.json names, whatever else lies there', () => {
    const project = makeProject({ ...tree, ...dirt });
    const folder = makeProject({});
    copyRuntimePackages(project, folder);
    expect(filesOf(folder)).toEqual(
      Object.keys(tree)
        .filter((path) => path !== 'package-lock.json')
        .sort(),
    );
    for (const path of [project, folder]) rmSync(path, { recursive: true });
  });

  it.each(['1.0.1', undefined])('is refused where it is not of the version that is named: %s', (version) => {
    const project = makeProject(tree);
    const a = join(project, 'node_modules/a/package.json');
    if (version) writeFileSync(a, manifest(version));
    else rmSync(a);
    expect(() => copyRuntimePackages(project, join(project, 'copy'))).toThrow(
      'node_modules/a is not the 1.0.0 that package-lock.json names. Run npm ci.',
    );
    rmSync(project, { recursive: true });
  });
});

it('puts no environment file into the source.zip that the command line makes', async () => {
  const { makeSourceZip } = createRequire(import.meta.url)('zapier-platform-cli/src/utils/build');
  const project = makeProject({
    'index.ts': '',
    '.env': 'secret',
    '.env.local': 'secret',
    '.env.production.local': 'secret',
    'tools/.env': 'secret',
    'tools/.env.test': 'secret',
  });
  cpSync('.gitignore', join(project, '.gitignore'));
  const made = join(makeProject({}), 'source.zip');
  await makeSourceZip(project, made);
  // The zip lists its files in the order in which they were read, which varies, so the test sorts them.
  expect(Object.keys(unzipSync(readFileSync(made))).sort()).toEqual(['.gitignore', 'index.ts']);
  for (const path of [project, dirname(made)]) rmSync(path, { recursive: true });
});
