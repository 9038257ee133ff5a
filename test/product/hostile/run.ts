import '../../support/seed.ts';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRunner, loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { startWitness, watchSockets } from '../../support/witness.ts';
import { meet } from './meet.ts';
import { operations } from './operations.ts';

// Outside of Jest, whose module registry makes each run three times as long. The argument says which operations:
// `0/2` is every second one.

/** With fifteen operations and kinds of messages, more than 10,000 runs. */
const runsEach = 720;

const [part = 0, parts = 1] = (process.argv[2] ?? '0/1').split('/').map(Number);
const witness = await startWitness();
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${witness.port}`;
const run = createRunner(await loadBuiltIntegration());
const sockets = watchSockets();
const megabyte = '🎉 a\u0000'.repeat(200_000);

let runs = 0;
for (const operation of operations.filter((_, n) => n % parts === part)) {
  let requests = 0;
  const meetInputs = async (inputs: Record<string, unknown>) => {
    runs += 1;
    requests += await meet(operation, inputs, run, witness);
  };
  const [sample = {}] = fc.sample(operation.inputs, { numRuns: 1, seed: 1 });
  for (const key of Object.keys(sample).filter((key) => key !== 'method' && key !== 'message_type')) {
    await meetInputs({ ...sample, [key]: megabyte });
  }
  const before = runs;
  await fc.assert(fc.asyncProperty(operation.inputs, meetInputs), { numRuns: operation.runs ?? runsEach });
  console.log(`${operation.place} ${operation.requests[0]}: ${runs - before} runs, ${requests} requests`);
}
assert.deepEqual([...new Set(sockets.opened)], [`127.0.0.1:${witness.port}`]);
console.log(`${runs} runs`);
witness.close();
