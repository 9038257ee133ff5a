import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { build } from './build.ts';
import { brandFlag, brandName, script } from './flags.ts';

const root = resolve(import.meta.dirname, '../..');

/** The path of Zapier's command line. */
export const cli = join(root, 'node_modules/zapier-platform-cli/src/bin/run');

/** Keeps the command line from sending usage data and from looking for a newer version. */
const offline = { DISABLE_ZAPIER_ANALYTICS: '1', NO_UPDATE_NOTIFIER: '1' };

/** The packages that are bundled into the build's files. The zip would contain only their package.json. */
const bundled = Object.keys(packageJson.dependencies).filter((name) => name !== 'zapier-platform-core');

const lockSchema = schema.object({
  packages: schema.record(
    schema.string(),
    schema.object({
      version: schema.string().optional(),
      dev: schema.boolean().optional(),
      optional: schema.boolean().optional(),
      devOptional: schema.boolean().optional(),
    }),
  ),
});
/** Drops a leading `v`: one package writes its version with it, package-lock.json never does. */
const installedSchema = schema.object({
  version: schema.string().transform((version) => version.replace(/^v/, '')),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Copies the packages that a run needs from a project to a folder: those of package-lock.json, in its versions. Development
 * packages, optional ones and environment files are left out, like anything else in node_modules. Throws if a package is
 * missing or has another version.
 */
export function copyRuntimePackages(project: string, folder: string): void {
  const { packages } = lockSchema.parse(readJson(join(project, 'package-lock.json')));
  for (const [path, { version, dev, optional, devOptional }] of Object.entries(packages)) {
    if (path === '' || dev || optional || devOptional) continue;
    const source = join(project, path);
    const manifest = join(source, 'package.json');
    if (!existsSync(manifest) || installedSchema.parse(readJson(manifest)).version !== version) {
      throw new Error(`${path} is not the ${version} that package-lock.json names. Run npm ci.`);
    }
    // Nested packages have their own entries.
    const isOwn = (inner: string) =>
      relative(source, inner).split('/')[0] !== 'node_modules' && !/^\.env(?:\.|$)/.test(basename(inner));
    cpSync(source, join(folder, path), { recursive: true, filter: isOwn });
  }
}

/**
 * Makes the zip for Zapier, the file `target`, from the integration that `make` writes to a folder. Zapier's command
 * line packs it in a temporary project with nothing but what a run needs: in this one it would also pack the package.json
 * of every development package. The temporary project is outside of this one, so that it does not find these packages.
 */
export async function zip(target: string, make: (dist: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    mkdirSync(join(folder, 'dist'));
    await make(join(folder, 'dist'));
    cpSync(join(root, '.zapierapprc'), join(folder, '.zapierapprc'));
    const { name, version, type, exports, dependencies } = packageJson;
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name, version, type, exports, dependencies }),
    );
    copyRuntimePackages(root, folder);
    for (const name of bundled) rmSync(join(folder, 'node_modules', name), { recursive: true });
    const args = [cli, 'build', '--skip-validation', '--skip-dep-install'];
    const env = { ...process.env, ...offline, ZAPIER_CURRENT_APP_FILE: '.zapierapprc' };
    await promisify(execFile)(process.execPath, args, { cwd: folder, env });
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(folder, 'build/build.zip'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type MakeSourceZip = (project: string, target: string) => Promise<void>;
const { makeSourceZip }: { makeSourceZip: MakeSourceZip } = createRequire(import.meta.url)(
  'zapier-platform-cli/src/utils/build',
);

/** Makes build/build.zip, which Zapier runs, and build/source.zip, which Zapier keeps beside it. Prints the first one's size. */
export async function makeZips(brand?: string, version?: string): Promise<void> {
  const made = join(root, 'build/build.zip');
  await zip(made, (dist) => build(brand, dist, version));
  await makeSourceZip(root, join(root, 'build/source.zip'));
  console.log(`Made build/build.zip for ${brandName(brand)}, ${Math.round(statSync(made).size / 1000)} kB.`);
}

/** Unpacks a zip as Zapier does. */
export function unpack(file: string, folder: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

if (import.meta.main) {
  const { brand } = script('npm run zip', 'Makes build/build.zip, which Zapier takes, without a login.')
    .addOption(brandFlag())
    .parse()
    .opts();
  await makeZips(brand);
}
