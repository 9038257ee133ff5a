import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '../../package.json' with { type: 'json' };

const version = packageJson.devDependencies['@sparticuz/chromium'];
const root = resolve(import.meta.dirname, '../..');
const unpacked = join(root, `node_modules/.cache/chromium-${version}`);

/**
 * Unpacks the Chromium that came with `npm ci` into a folder, and gives the path of its program.
 * The package unpacks into the folder for temporary files, straight to the final names: a second process would start
 * a half-written program. So each process unpacks into a folder of its own, and the first one names it.
 */
export async function unpackChromium(folder = unpacked): Promise<string> {
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: own },
  });
  await rename(own, folder).catch(async (error: unknown) => {
    await rm(own, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  });
  return program;
}

/** Starts Chromium, kept off the network. It runs as root too. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await unpackChromium(),
    timeout: 120_000,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--no-proxy-server',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
