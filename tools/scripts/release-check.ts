import { spawn } from 'node:child_process';
import * as schema from 'zod';
import { readFlags } from './flags.ts';

// Zapier's own checks, which run on its server for whoever is logged in. Their exit code does not tell what they
// found, so what they print is read.

/** What stands in the way of a release, or undefined where nothing does. */
export function obstacle(printed: string, exitCode: number | null): string | undefined {
  const failed = /(\d+) checks failed/.exec(printed)?.[1];
  const tasks = /(\d+) checks with publishing warning/.exec(printed)?.[1];
  if (exitCode !== 0 || failed === undefined || tasks === undefined) {
    return 'The checks did not run to their end. Log in with `npx zapier-platform login` and try again.';
  }
  return failed === '0' && tasks === '0'
    ? undefined
    : `Zapier lists ${failed} failures and ${tasks} publishing tasks. Each is named above.`;
}

if (import.meta.main) {
  readFlags({
    command: 'npm run release-check',
    does: 'Asks Zapier, where you are logged in, whether anything stands in the way of a release. Exits with 1 if so.',
    flags: schema.object({}),
  });
  const checks = spawn('zapier-platform', ['validate'], { stdio: ['inherit', 'pipe', 'inherit'] });
  let printed = '';
  checks.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    process.stdout.write(chunk);
  });
  checks.on('close', (exitCode) => {
    const reason = obstacle(printed, exitCode);
    console.log(reason ?? 'Nothing stands in the way of a release.');
    process.exitCode = reason ? 1 : 0;
  });
}
