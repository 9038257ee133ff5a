import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import lock from '../../package-lock.json' with { type: 'json' };
import { startSandbox } from '../../tools/sandbox/server.ts';
import { copyRuntimePackages, unpack } from '../../tools/scripts/zip.ts';

/** Calls the handler of the unpacked zip, as Zapier's Lambda does, in a process of its own. */
const callHandler = `
  const { handler } = await import(process.argv[1]);
  const { results } = await handler(JSON.parse(process.argv[2]));
  process.stdout.write('\\n' + JSON.stringify(results));
`;

describe('the zip that is uploaded to Zapier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  let names: string[];

  beforeAll(() => {
    execFileSync(process.execPath, ['tools/scripts/zip.ts'], { stdio: ['ignore', 'pipe', 'pipe'] });
    names = Object.keys(unzipSync(readFileSync('build/build.zip')));
    unpack('build/build.zip', folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const call = async (event: object, env = {}) => {
    const args = [
      '--input-type=module',
      '--eval',
      callHandler,
      join(folder, 'zapierwrapper.js'),
      JSON.stringify(event),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
  };

  it('holds our one file, and nothing of the sandbox, the tests or the sources', () => {
    expect(names.filter((name) => !name.startsWith('node_modules/')).sort()).toEqual([
      'definition.json',
      'dist/index.js',
      'dist/phone.js',
      'package.json',
      'zapierwrapper.js',
    ]);
  });

  it('holds no package that is bundled, and loads phones from the file beside ours alone', async () => {
    expect(names.filter((name) => /node_modules\/(?:zod|libphonenumber-js)\//.test(name))).toEqual([]);
    expect(readFileSync(join(folder, 'dist/phone.js'), 'utf8')).toContain('country_calling_codes');
    expect(readFileSync(join(folder, 'dist/index.js'), 'utf8')).not.toContain('country_calling_codes');
    const { internationalPhone } = await import(join(folder, 'dist/phone.js'));
    expect(internationalPhone('33 1234 5000', 'MX')).toBe('+523312345000');
  });

  it.each(['zod', 'libphonenumber-js'])('carries the licence of %s, which is bundled', (name) => {
    const licence = readFileSync(`node_modules/${name}/LICENSE`, 'utf8');
    for (const place of ['dist', join(folder, 'dist')]) {
      const files = globSync('*.js', { cwd: place }).map((file) => readFileSync(join(place, file), 'utf8'));
      expect(files.filter((text) => text.includes(`\n${name}\n\n${licence}`))).toHaveLength(1);
    }
  });

  it('holds packages that package-lock.json names for a run, and no other', () => {
    const named = Object.entries(lock.packages).filter(([, entry]) => !('dev' in entry));
    const held = names.filter((name) => name.endsWith('/package.json')).map(dirname);
    const packages = held.filter((path) => /node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path));
    expect(packages.length).toBeGreaterThan(50);
    expect(named.map(([path]) => path)).toEqual(expect.arrayContaining(packages));
  });

  it.each([
    // The platform's own files alone make 658 kB of the zip.
    ['build/build.zip', 790_000],
    ['dist/index.js', 165_000],
  ])('keeps %s within %i bytes', (file, budget) => {
    expect(statSync(file).size).toBeLessThan(budget);
  });

  it('answers with its definition', async () => {
    const { creates } = await call({ command: 'definition' });
    expect(Object.keys(creates)).toContain('send_message');
  });

  it('runs a search over HTTP', async () => {
    const sandbox = await startSandbox();
    const bundle = {
      authData: { host: 'app.bony.chat', channel_token: sandbox.token },
      inputData: { contact_id: '1776025372480910' },
    };
    const method = 'searches.find_contact_by_id.operation.perform';
    expect(
      await call({ command: 'execute', method, bundle }, { CHANNEL_API_BASE_URL: sandbox.url }),
    ).toMatchObject([{ id: '1776025372480910' }]);
    await sandbox.close();
  });
});

/** Makes a folder of files, given as path and text. */
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
  // The command line adds files in the order in which it has read them.
  expect(Object.keys(unzipSync(readFileSync(made))).sort()).toEqual(['.gitignore', 'index.ts']);
  for (const path of [project, dirname(made)]) rmSync(path, { recursive: true });
});
