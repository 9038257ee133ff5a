import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { brandFlag, brandName, script } from './flags.ts';
import { cli, makeZips } from './zip.ts';

// `zapier-platform push` would also pack the package.json of each development package. So this script makes the zip, as
// tests do, and Zapier's command line only uploads it.

/** Parses a snapshot's name. Throws if Zapier would refuse it. */
function snapshotName(name: string): string {
  if (/^(?=.{1,12}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/.test(name)) return name;
  throw new InvalidArgumentError('A name has 1 to 12 letters and digits, and hyphens between them.');
}

const { brand, snapshot } = script(
  'npm run push',
  'Makes build/build.zip and build/source.zip, and uploads both to Zapier.',
)
  .addOption(brandFlag())
  .option('--snapshot <name>', 'uploads as version 0.0.0-NAME, beside the real ones', snapshotName)
  .parse()
  .opts();

const appFile = brand ? `.zapierapprc.${brand}` : '.zapierapprc';
const isRegistered = existsSync(appFile) && JSON.parse(readFileSync(appFile, 'utf8')).id !== undefined;
if (isRegistered) {
  await makeZips(brand, snapshot && `0.0.0-${snapshot}`);
  const env = { ...process.env, ZAPIER_CURRENT_APP_FILE: appFile };
  process.exitCode = spawnSync(process.execPath, [cli, 'upload'], { stdio: 'inherit', env }).status ?? 1;
} else {
  const title = brand ? brandName(brand) : 'Channel Inbox';
  console.error(`${appFile} names no integration of yours on Zapier. Register it first, once:
  ${brand ? `ZAPIER_CURRENT_APP_FILE=${appFile} ` : ''}npx zapier-platform register "${title}"`);
  process.exitCode = 1;
}
