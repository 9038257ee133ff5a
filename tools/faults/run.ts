import * as schema from 'zod';
import { table } from '../bench/table.ts';
import { readFlags } from '../scripts/flags.ts';
import { clearProgress } from '../scripts/progress.ts';
import { loadBuiltIntegration } from '../zapier/runner.ts';
import { runMatrix } from './matrix.ts';
import { brokenRules } from './rules.ts';
import { countOutcomes, summarize } from './summary.ts';
import { startTestBed } from './test-bed.ts';
import { runWrongTypes, summarizeWrongTypes } from './wrong-types.ts';

const { all: isDetailed } = readFlags({
  command: 'npm run faults',
  does: 'Runs every operation against every fault. Exits with 1 where one of them breaks a rule.',
  flags: schema.object({
    all: schema.boolean().default(false).meta({ description: 'prints what the user reads after each fault' }),
  }),
  example: '--all',
});

const testBed = await startTestBed(await loadBuiltIntegration());
const begin = performance.now();
const cells = await runMatrix(testBed);
const wrongTypes = await runWrongTypes(testBed);
await testBed.close();
const seconds = ((performance.now() - begin) / 1000).toFixed(0);

clearProgress();
const all = [...cells, ...wrongTypes];
if (isDetailed) {
  console.log(`${summarize(cells)}\n`);
  console.log(`Wrong types that are taken in each place of an answer\n${summarizeWrongTypes(wrongTypes)}\n`);
} else {
  console.log(`${table(countOutcomes(all))}\n\nWhat the user reads after each: npm run faults -- --all\n`);
}
const broken = all.flatMap((cell) =>
  brokenRules(cell).map(
    (rule) => `✗ ${cell.scenario.name} × ${cell.fault}: ${rule} ${cell.failure?.sentence ?? 'It succeeded.'}`,
  ),
);
console.log(broken.join('\n'));
const requests = all.reduce((sum, cell) => sum + cell.requests.length, 0);
console.log(`${all.length} cells, ${requests} requests, ${broken.length} broken rules, ${seconds} s`);
process.exitCode = broken.length > 0 ? 1 : 0;
