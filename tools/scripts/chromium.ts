import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import manifest from '../on-demand/chromium/package.json' with { type: 'json' };
import { installOnDemand } from '../on-demand/install.ts';
import { placeOnce } from '../on-demand/place-once.ts';

const version = manifest.dependencies['@sparticuz/chromium'];
const root = resolve(import.meta.dirname, '../..');
const unpacked = join(root, `node_modules/.cache/chromium-${version}`);

/**
 * Unpacks Chromium from its package into a folder, and gives the path of its program.
 * The package unpacks into the folder for temporary files, straight to the final names: a second process would start
 * a half-written program.
 */
export async function unpackChromium(folder = unpacked): Promise<string> {
  await placeOnce(folder, async (own) => {
    const packages = await installOnDemand('chromium');
    const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: packages,
      env: { ...process.env, TMPDIR: own },
    });
  });
  return join(folder, 'chromium');
}

/**
 * Starts Chromium, kept off the network. Playwright itself switches off what Chromium loads in the background, and the
 * sandbox, with which it would not run as root.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await unpackChromium();
  // Where it is killed, as by Ctrl-C, it leaves files in its folder for temporary files.
  const temporary = mkdtempSync(join(tmpdir(), 'chromium-'));
  const remove = () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  try {
    const browser = await chromium.launch({
      executablePath,
      timeout: 120_000,
      args: [
        '--no-zygote',
        '--disable-gpu',
        '--no-proxy-server',
        // Saves a process that Chromium keeps ready for the next page.
        '--renderer-process-limit=1',
      ],
      env: { ...process.env, TMPDIR: temporary },
    });
    browser.once('disconnected', remove);
    // Playwright has set its own listener before, which kills Chromium.
    process.once('exit', remove);
    return browser;
  } catch (error) {
    remove();
    throw error;
  }
}
