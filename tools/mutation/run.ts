import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as schema from 'zod';
import { installOnDemand } from '../on-demand/install.ts';
import { readFlags } from '../scripts/flags.ts';
import { folder, mutated, strykerOptions } from './config.ts';
import { equivalents } from './equivalents.ts';
import { leastScore, summarize } from './summary.ts';

const sources = globSync(mutated);

const { file: chosen } = readFlags({
  command: 'npm run mutation',
  does: 'Puts one fault after another into the files of the integration, and looks whether a test fails. Without a file, into all of them.',
  flags: schema.object({
    file: schema
      .array(schema.string().refine((path) => sources.includes(path)))
      .default([])
      .meta({ value: 'a source of the integration', description: 'only this one, also without the flag' }),
  }),
  names: 'file',
  example: 'src/inputs/tags.ts',
});

const packages = await installOnDemand('mutation');
// They import Stryker's packages, so they must be beside them.
for (const name of ['jest-files.js', 'environment.js', 'watchdog.js']) {
  copyFileSync(join(import.meta.dirname, name), join(packages, '..', name));
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const options = join(folder, 'stryker.json');
const plugin = join(packages, '../jest-files.js');
writeFileSync(options, JSON.stringify(strykerOptions(chosen.length > 0 ? chosen : mutated, plugin)));
const stryker = join(packages, '@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(process.execPath, [stryker, 'run', options], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const report: unknown = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
const { table, survivors, score } = summarize(report, equivalents);
console.log(
  ['', ...survivors, '', table, '', `${score.toFixed(1)} % caught; ${leastScore} % must be.`].join('\n'),
);
process.exitCode = score < leastScore ? 1 : 0;
