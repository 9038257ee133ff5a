import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { placeOnce } from './place-once.ts';

const root = resolve(import.meta.dirname, '../..');

/** Packages that only some commands need: each is a folder beside this file, whose package-lock.json pins them. */
export type OnDemand = 'platform-cli' | 'chromium' | 'mutation';

/**
 * Installs packages with `npm ci` where they are not yet there, and gives the node_modules that holds them. Their install
 * scripts do not run. Rejects where npm fails, which has then said why.
 */
export async function installOnDemand(name: OnDemand): Promise<string> {
  const source = join(import.meta.dirname, name);
  const lock = readFileSync(join(source, 'package-lock.json'));
  // Named by its lock: another lock is another folder.
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(root, `node_modules/.cache/on-demand/${name}-${hash}`);
  if (!existsSync(folder)) process.stderr.write(`Fetching ${name}, which only some commands need …\n`);
  await placeOnce(folder, async (own) => {
    cpSync(source, own, { recursive: true });
    const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = promisify(execFile)('npm', ['ci', ...flags], { cwd: own });
    npm.child.stderr?.pipe(process.stderr);
    await npm.catch(() => {
      throw new Error(`npm could not fetch ${name}.`);
    });
  });
  return join(folder, 'node_modules');
}
