import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { installOnDemand } from '../on-demand/install.ts';
import { readFlags } from './flags.ts';

const root = resolve(import.meta.dirname, '../..');

/** The packages that the build puts into its own files. Of these the zip would only get each package.json. */
const bundled = Object.keys(packageJson.dependencies).filter((name) => name !== 'zapier-platform-core');

const lockSchema = schema.object({
  packages: schema.record(
    schema.string(),
    schema.object({
      version: schema.string().optional(),
      dev: schema.boolean().optional(),
      link: schema.boolean().optional(),
      optional: schema.boolean().optional(),
      devOptional: schema.boolean().optional(),
    }),
  ),
});
/** One package writes its version with a `v`, which npm leaves out. */
const installedSchema = schema.object({
  version: schema.string().transform((version) => version.replace(/^v/, '')),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Copies the packages that `npm ci --omit=dev` would install from a project to a folder: those that package-lock.json
 * names, in the versions that it names, and nothing else that lies in node_modules. Environment files are left out, and
 * links, which only lead to our own tools.
 * Throws where a package is missing or has another version.
 */
export function copyRuntimePackages(project: string, folder: string): void {
  const { packages } = lockSchema.parse(readJson(join(project, 'package-lock.json')));
  for (const [path, { version, dev, link, optional, devOptional }] of Object.entries(packages)) {
    const source = join(project, path);
    const mayBeMissing = optional || devOptional;
    if (path === '' || dev || link || (mayBeMissing && !existsSync(source))) {
      continue;
    }
    const manifest = join(source, 'package.json');
    if (!existsSync(manifest) || installedSchema.parse(readJson(manifest)).version !== version) {
      throw new Error(`${path} is not the ${version} that package-lock.json names. Run npm ci.`);
    }
    // Packages within a package have their own entries.
    const isOwn = (inner: string) =>
      relative(source, inner).split('/')[0] !== 'node_modules' && !/^\.env(?:\.|$)/.test(basename(inner));
    cpSync(source, join(folder, path), { recursive: true, filter: isOwn });
  }
}

/**
 * Makes the zip that Zapier gets of the integration built into `builtFolder`, in `folder`, and gives its path.
 * The platform's command line does it, in a project that holds nothing but what a run needs:
 * beside our development packages it would take in the package.json of each of them.
 */
export async function zip(builtFolder: string, folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, builtFolder), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, '.zapierapprc'), join(folder, '.zapierapprc'));
  const { name, version, type, exports, dependencies } = packageJson;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type, exports, dependencies }));
  copyRuntimePackages(root, folder);
  for (const name of bundled) {
    rmSync(join(folder, 'node_modules', name), { recursive: true });
  }
  const cli = join(await installOnDemand('platform-cli'), 'zapier-platform-cli/src/bin/run');
  const flags = ['--skip-validation', '--skip-dep-install'];
  await promisify(execFile)(process.execPath, [cli, 'build', ...flags], { cwd: folder });
  return join(folder, 'build/build.zip');
}

if (import.meta.main) {
  readFlags({
    command: 'npm run zip',
    does: 'Makes build/build.zip, which Zapier takes, without a login.',
    flags: schema.object({}),
  });
  const made = await zip('dist', join(root, 'build/project'));
  cpSync(made, join(root, 'build/build.zip'));
  console.log(`Made build/build.zip (${Math.round(statSync(made).size / 1000)} kB).`);
}
