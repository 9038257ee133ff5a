import '../../support/seed.ts';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRunner, loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { startRecorder, watchSockets } from '../../support/recorder.ts';
import { collectForms } from './forms.ts';
import { runForm } from './run-form.ts';

// Two processes share the forms to save time. The argument says which part to run: `0/2` takes every second form.

/** The random runs of each form. With 25 forms and the long texts, they exceed the 10,000 that hostile.test.ts expects. */
const runsEach = 385;

const [part = 0, parts = 1] = (process.argv[2] ?? '0/1').split('/').map(Number);
const recorder = await startRecorder();
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${recorder.port}`;
const integration = await loadBuiltIntegration();
const run = createRunner(integration);
const forms = await collectForms(run, integration);
const opened = watchSockets();
const megabyte = '🎉 a\u0000'.repeat(200_000);

let runs = 0;
for (const form of forms.filter((_, number) => number % parts === part)) {
  let requests = 0;
  const runOnce = async (inputs: Record<string, unknown>) => {
    runs += 1;
    requests += await runForm(form, inputs, run, recorder);
  };
  const [sample = {}] = fc.sample(form.inputs, { numRuns: 1, seed: 1 });
  for (const key of form.freeInputs) await runOnce({ ...sample, [key]: megabyte });
  await fc.assert(fc.asyncProperty(form.inputs, runOnce), { numRuns: runsEach });
  assert(requests > 0, `${form.name} never got as far as a request.`);
  console.log(`${form.name}: ${requests} requests`);
}
assert.deepEqual([...new Set(opened)], [`127.0.0.1:${recorder.port}`]);
console.log(`${runs} runs`);
recorder.close();
