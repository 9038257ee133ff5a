import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a script of `tools/` in its own process until it exits. A failed script resolves too, with its exit code. */
export function runScript(
  file: string,
  flags: string[],
  env = process.env,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [`tools/${file}`, ...flags], { env }).then(
    (output) => ({ code: 0, ...output }),
    (failed) => failed,
  );
}
