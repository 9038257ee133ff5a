// Runs in a fresh process: `child.ts empty`, or `child.ts NAME` for a case. Prints its peak memory, time and outcome.
import { createRunner, type Integration, loadBuiltIntegration, readFailure } from '../../zapier/runner.ts';
import { cases } from './cases.ts';

const [name = ''] = process.argv.slice(2);

/** An integration that does nothing, on the same core. */
const empty: Integration = {
  triggers: {},
  searches: {},
  creates: { nothing: { operation: { perform: async () => ({ id: 1 }) } } },
};

const found = cases.find((known) => known.name === name);
const run = createRunner(found ? await loadBuiltIntegration() : empty);
const begin = performance.now();
const outcome = await run(found?.place ?? 'creates.nothing', {
  inputData: found?.inputData() ?? {},
  authData: { host: 'app.bony.chat', channel_token: 'sandbox-token' },
  meta: found?.meta ?? {},
}).then(
  () => 'done',
  (error) => readFailure(error).code ?? readFailure(error).kind,
);
const seconds = (performance.now() - begin) / 1000;
// The memory of the input itself is counted too: Zapier receives it as JSON.
console.log(`\n${JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024, seconds, outcome })}`);
process.exit();
