import { spawnSync } from 'node:child_process';
import { build } from './build.ts';
import { brandFlag, script } from './flags.ts';

const { brand } = script('npm run validate', 'Checks the definition as the platform does, without a login.')
  .addOption(brandFlag())
  .parse()
  .opts();
await build(brand);
const args = ['validate', '--without-style', '--skip-build'];
process.exitCode = spawnSync('zapier-platform', args, { stdio: 'inherit' }).status ?? 1;
