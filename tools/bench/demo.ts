import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Minutes that a newcomer waits for the demo in a fresh copy of the project, its packages being in npm's cache. */
export function minutesToDemo(): number {
  const copy = mkdtempSync(join(tmpdir(), 'demo-'));
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  for (const file of files) {
    cpSync(join(root, file), join(copy, file));
  }
  const run = (...args: string[]) =>
    execFileSync('npm', args, { cwd: copy, stdio: ['ignore', 'pipe', 'inherit'] });
  // Without a listener Ctrl-C would end this process at once, and leave the copy behind.
  process.once('SIGINT', () => process.exit(130));
  const start = performance.now();
  try {
    run('ci', '--prefer-offline');
    run('run', 'demo');
    return (performance.now() - start) / 60_000;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
