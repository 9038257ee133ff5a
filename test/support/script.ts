import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How a script ended. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a script of `tools/` in a process of its own. */
export function runScript(file: string, flags: string[], env = process.env): Promise<Ended> {
  return promisify(execFile)(process.execPath, [`tools/${file}`, ...flags], { env }).then(
    (output) => ({ code: 0, ...output }),
    (failed) => failed,
  );
}
