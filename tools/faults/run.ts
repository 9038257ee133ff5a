import * as schema from 'zod';
import { readFlags } from '../scripts/flags.ts';
import { loadBuiltIntegration } from '../zapier/runner.ts';
import { runMatrix } from './matrix.ts';
import { brokenRules } from './rules.ts';
import { summarize } from './summary.ts';
import { startTestBed } from './test-bed.ts';
import { runWrongTypes, summarizeWrongTypes } from './wrong-types.ts';

readFlags({
  command: 'npm run faults',
  does: 'Runs every operation against every fault. Exits with 1 where one of them breaks a rule.',
  flags: schema.object({}),
});

const testBed = await startTestBed(await loadBuiltIntegration());
const begin = performance.now();
const cells = await runMatrix(testBed);
const wrongTypes = await runWrongTypes(testBed);
await testBed.close();
const seconds = ((performance.now() - begin) / 1000).toFixed(0);

console.log(`${summarize(cells)}\n`);
console.log(`Wrong types that are taken in each place of an answer\n${summarizeWrongTypes(wrongTypes)}\n`);
const all = [...cells, ...wrongTypes];
const broken = all.flatMap((cell) =>
  brokenRules(cell).map(
    (rule) => `✗ ${cell.scenario.name} × ${cell.fault}: ${rule} ${cell.failure?.sentence ?? 'It succeeded.'}`,
  ),
);
console.log(broken.join('\n'));
const requests = all.reduce((sum, cell) => sum + cell.requests.length, 0);
console.log(`${all.length} cells, ${requests} requests, ${broken.length} broken rules, ${seconds} s`);
process.exitCode = broken.length > 0 ? 1 : 0;
