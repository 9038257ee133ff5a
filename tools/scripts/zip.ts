import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { readFlags } from './flags.ts';

const root = resolve(import.meta.dirname, '../..');

/** The packages that the build puts into its own files: all but core, which Zapier's Lambda wrapper imports too. */
const bundled = Object.keys(packageJson.dependencies)
  .filter((name) => name !== 'zapier-platform-core')
  .map((name) => join(root, 'node_modules', name));

/** The packages that a run finds in `node_modules`. Of a bundled one the zip would only get each package.json. */
function runtimePackages(): string[] {
  const listed = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = listed.trim().split('\n').slice(1);
  return paths.filter((path) => !bundled.includes(path));
}

/**
 * Makes the zip that Zapier gets of the integration built into `builtFolder`, in `folder`, and gives its path.
 * The platform's command line does it, in a project that holds nothing but what a run needs:
 * beside our development packages it would take in the package.json of each of them.
 */
export function zip(builtFolder: string, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, builtFolder), join(folder, 'dist'), { recursive: true });
  cpSync(join(root, '.zapierapprc'), join(folder, '.zapierapprc'));
  const { name, version, type, exports, dependencies } = packageJson;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type, exports, dependencies }));
  for (const path of runtimePackages()) {
    cpSync(path, join(folder, relative(root, path)), { recursive: true });
  }
  const cli = join(root, 'node_modules/zapier-platform-cli/src/bin/run');
  execFileSync(process.execPath, [cli, 'build', '--skip-validation', '--skip-dep-install'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return join(folder, 'build/build.zip');
}

if (import.meta.main) {
  readFlags({
    command: 'npm run zip',
    does: 'Makes build/build.zip, which Zapier takes, without a login.',
    flags: schema.object({}),
  });
  const made = zip('dist', join(root, 'build/project'));
  cpSync(made, join(root, 'build/build.zip'));
  console.log('Created build/build.zip.');
}
