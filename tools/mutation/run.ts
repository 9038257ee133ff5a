import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folder, mutated, strykerOptions } from './config.ts';

const given = process.argv.slice(2);
const unknown = given.find((path) => !existsSync(path) || !path.endsWith('.ts'));
if (unknown !== undefined) {
  console.log(
    'npm run mutation -- [files]\nChanges the integration in one place after another, and looks whether a test fails. Without files, all of it.\n\nExample:\n  npm run mutation -- src/inputs/tags.ts',
  );
  process.exit(unknown === '--help' ? 0 : 2);
}

// Stryker is not among the development dependencies: it would make `npm ci` take twice as long.
const source = resolve(import.meta.dirname, 'runner');
mkdirSync(folder, { recursive: true });
for (const name of ['package.json', 'package-lock.json', 'jest-files.js']) {
  copyFileSync(join(source, name), join(folder, name));
}
const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
  cwd: folder,
  stdio: 'inherit',
});
if (npm.status !== 0) process.exit(1);

const options = join(folder, 'stryker.json');
writeFileSync(options, JSON.stringify(strykerOptions(given.length > 0 ? given : mutated)));
const stryker = join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', options], { stdio: 'inherit' });
process.exitCode = status ?? 1;
