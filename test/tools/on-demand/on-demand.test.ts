import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import packageJson from '../../../package.json' with { type: 'json' };
import { placeOnce } from '../../../tools/on-demand/place-once.ts';
import cli from '../../../tools/on-demand/platform-cli/package.json' with { type: 'json' };

describe('a folder that is made once', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'place-'));
    folder = join(parent, 'made');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('is not there where filling it fails, nor is anything else', async () => {
    const failing = placeOnce(folder, async (own) => {
      await writeFile(join(own, 'half'), '');
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(parent)).toEqual([]);
  });

  it('is whole where two fill it at once, and is filled no more after that', async () => {
    const fill = (own: string) => writeFile(join(own, 'whole'), 'first');
    await Promise.all([placeOnce(folder, fill), placeOnce(folder, fill)]);
    await placeOnce(folder, (own) => writeFile(join(own, 'whole'), 'later'));
    expect(await readdir(parent)).toEqual(['made']);
    expect(await readFile(join(folder, 'whole'), 'utf8')).toBe('first');
  });
});

it("npx zapier-platform is Zapier's command line, of the same version as core", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'node_modules/.bin/zapier-platform',
    '--version',
  ]);
  const version = packageJson.dependencies['zapier-platform-core'];
  expect(cli.dependencies['zapier-platform-cli']).toBe(version);
  expect(stdout).toContain(`CLI version: ${version}`);
});
