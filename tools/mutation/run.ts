import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnDemand } from '../on-demand/install.ts';
import { folder, mutated, strykerOptions } from './config.ts';

const files = process.argv.slice(2);
const wrong = files.find((path) => !existsSync(path) || !path.endsWith('.ts'));
if (wrong !== undefined) {
  console.log(
    `npm run mutation -- [files]
Puts one fault after another into files of the integration, and looks whether a
test fails. Without files, into all of it.

Example:
  npm run mutation -- src/inputs/tags.ts`,
  );
  process.exit(wrong === '--help' ? 0 : 2);
}

const packages = await installOnDemand('mutation');
// It imports Stryker's packages, so it must be beside them.
const plugin = join(packages, '../jest-files.js');
copyFileSync(join(import.meta.dirname, 'jest-files.js'), plugin);
mkdirSync(folder, { recursive: true });
const options = join(folder, 'stryker.json');
writeFileSync(options, JSON.stringify(strykerOptions(files.length > 0 ? files : mutated, plugin)));
const stryker = join(packages, '@stryker-mutator/core/bin/stryker.js');
process.exitCode = spawnSync(process.execPath, [stryker, 'run', options], { stdio: 'inherit' }).status ?? 1;
