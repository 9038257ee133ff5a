// Prints one figure, `coldStart`, `warmRun` or `memory`, of the build in a folder: `probe.ts warmRun build/bony`. It runs in a
// process of its own, so that nothing else is measured, and sends its requests to the sandbox in CHANNEL_API_BASE_URL.
import { join } from 'node:path';

// Stops core from printing its memory use. It still measures it, as on Lambda, unlike with tools/zapier/quiet.ts.
process.env.NODE_ENV ??= 'test';

const [what = '', folder = ''] = process.argv.slice(2);
const { handler } = await import(join(folder, 'zapierwrapper.js'));

const authData = { host: 'app.bony.chat', channel_token: 'sandbox-token' };
const contact_id = '1776025372480910';
const run = (method: string, inputData: object) =>
  handler({ command: 'execute', method, bundle: { authData, inputData } });
const search = () => run('searches.find_contact_by_id.operation.perform', { contact_id });
const message = () => run('creates.send_message.operation.perform', { contact_id, text: 'Hola 🎉' });

/** Returns the milliseconds from the start of the process until the handler has answered a definition and a first run. */
async function coldStart(): Promise<number> {
  await handler({ command: 'definition' });
  await search();
  return performance.now();
}

/** Returns the median milliseconds of 200 pairs of runs, a search and a message. */
async function warmRun(): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 220; count += 1) {
    const start = performance.now();
    await search();
    await message();
    times.push(performance.now() - start);
  }
  // The first runs warm the process up.
  return times.slice(20).sort((a, b) => a - b)[100] ?? Number.NaN;
}

/** Returns the peak memory of the process in megabytes, after 50 pairs of runs. */
async function memory(): Promise<number> {
  for (let count = 0; count < 50; count += 1) {
    await search();
    await message();
  }
  return process.resourceUsage().maxRSS / 1024;
}

const probes = { coldStart, warmRun, memory };
export type Probe = keyof typeof probes;
const figure = await Object.entries(probes).find(([name]) => name === what)?.[1]();
process.stdout.write(`\n${figure}\n`, () => process.exit());
