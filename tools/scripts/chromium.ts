import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import packageJson from '../../package.json' with { type: 'json' };

const version = packageJson.devDependencies['@sparticuz/chromium'];
const unpacked = resolve(import.meta.dirname, '../..', `node_modules/.cache/chromium-${version}`);

/**
 * Unpacks Chromium from its package once, and returns the path of its program. The package writes straight to the final
 * names, so a second process could start a half-written program. Therefore each process unpacks into its own folder, and
 * the first to finish renames it to the shared one.
 */
async function unpackChromium(): Promise<string> {
  if (!existsSync(unpacked)) {
    mkdirSync(dirname(unpacked), { recursive: true });
    const own = mkdtempSync(`${unpacked}-`);
    try {
      const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
      const env = { ...process.env, TMPDIR: own };
      await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env });
      renameSync(own, unpacked);
    } catch (error) {
      rmSync(own, { recursive: true, force: true });
      if (!existsSync(unpacked)) throw error;
    }
  }
  return join(unpacked, 'chromium');
}

/**
 * Starts Chromium without access to the network. Playwright itself switches off Chromium's background downloads, and its
 * sandbox, with which Chromium would not run as root.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await unpackChromium();
  // If Chromium is killed, for example by Ctrl-C, it leaves temporary files in this folder.
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
        // Without this, Chromium keeps a spare process ready for the next page.
        '--renderer-process-limit=1',
      ],
      env: { ...process.env, TMPDIR: temporary },
    });
    browser.once('disconnected', remove);
    // Playwright's own listener, which was set earlier, kills Chromium first.
    process.once('exit', remove);
    return browser;
  } catch (error) {
    remove();
    throw error;
  }
}
