import * as schema from 'zod';
import { readFlags } from '../../scripts/flags.ts';
import { clearProgress } from '../../scripts/progress.ts';
import { table } from '../table.ts';
import { type Case, cases } from './cases.ts';
import { bounds, measure, measureEmpty } from './measure.ts';

readFlags({
  command: 'npm run bounds',
  does: 'Measures the memory and time of the largest runs. Exits with 1 where one of them takes too much.',
  flags: schema.object({}),
});

const empties = [await measureEmpty(), await measureEmpty(), await measureEmpty()];
const [, empty = 0] = empties.map(({ megabytes }) => megabytes).sort((a, b) => a - b);
const isMillion = ({ contacts }: Case) => contacts !== undefined;
const measured = [
  ...(await measure(cases.filter((one) => !isMillion(one)))),
  ...(await measure(cases.filter(isMillion), 1_000_000)),
];
const rows = measured.map(({ name, megabytes, seconds, outcome }) => ({
  case: name,
  outcome,
  'MB above empty': Math.round(megabytes - empty),
  seconds,
  'within bounds': megabytes - empty <= bounds.megabytes && seconds < bounds.seconds,
}));
clearProgress();
console.log(table(rows));
console.log(`\nAn empty integration on the same core takes ${Math.round(empty)} MB.`);
console.log(`Bounds: ${bounds.megabytes} MB above it, ${bounds.seconds} s.`);
process.exitCode = rows.every((row) => row['within bounds']) ? 0 : 1;
