import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { unpackChromium } from '../../../tools/scripts/chromium.ts';

it('two that unpack Chromium at once leave one that starts, and nothing else', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'unpack-'));
  const folder = join(parent, 'chromium');
  const programs = await Promise.all([unpackChromium(folder), unpackChromium(folder)]);
  expect(programs).toEqual([join(folder, 'chromium'), join(folder, 'chromium')]);
  expect(await readdir(parent)).toEqual(['chromium']);
  const { stdout } = await promisify(execFile)(join(folder, 'chromium'), ['--version']);
  expect(stdout).toMatch(/^\S*Chrom/i);
  await rm(parent, { recursive: true });
});
