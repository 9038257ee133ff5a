// Runs in a fresh process: `probe.ts WHAT FOLDER`, with the sandbox in CHANNEL_API_BASE_URL. Prints one figure.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

// As in tools/zapier/quiet.ts, but core asks for the memory, as it does on Lambda: that takes time too.
process.env.NODE_ENV ??= 'test';

const [what = '', folder = ''] = process.argv.slice(2);
const at = (file: string) => import(join(folder, file));

const authData = { host: 'app.bony.chat', channel_token: 'sandbox-token' };
const contact_id = '1776025372480910';
const search = {
  command: 'execute',
  method: 'searches.find_contact_by_id.operation.perform',
  bundle: { authData, inputData: { contact_id } },
};
const message = {
  command: 'execute',
  method: 'creates.send_message.operation.perform',
  bundle: { authData, inputData: { contact_id, text: 'Hola 🎉' } },
};

const phoneSearch = {
  command: 'execute',
  method: 'searches.find_contact_by_phone.operation.perform',
  bundle: { authData: { ...authData, country: 'MX' }, inputData: { phone: '33 1234 5000' } },
};

/** Milliseconds from the start of the process until the handler answered a definition and a first run. */
async function coldStart(run: object = search): Promise<number> {
  const { handler } = await at('zapierwrapper.js');
  await handler({ command: 'definition' });
  await handler(structuredClone(run));
  return performance.now();
}

/** The same, where the first run reads a phone, which loads what only phones need. */
const coldStartWithPhone = () => coldStart(phoneSearch);

/** Milliseconds that our code alone takes to load, core being there already. */
async function ownLoad(): Promise<number> {
  await at('node_modules/zapier-platform-core/index.mjs');
  const start = performance.now();
  await at('dist/index.js');
  return performance.now() - start;
}

/** Peak memory of the process, in megabytes, after a hundred runs. */
async function memory(): Promise<number> {
  const { handler } = await at('zapierwrapper.js');
  for (let run = 0; run < 50; run += 1) {
    await handler(structuredClone(search));
    await handler(structuredClone(message));
  }
  return process.resourceUsage().maxRSS / 1024;
}

/** Median of the milliseconds that a search and a message take together, of 200. */
async function warmRun(): Promise<number> {
  const { handler } = await at('zapierwrapper.js');
  const times: number[] = [];
  for (let run = 0; run < 220; run += 1) {
    const start = performance.now();
    await handler(structuredClone(search));
    await handler(structuredClone(message));
    times.push(performance.now() - start);
  }
  // The first runs warm the process up.
  return times.slice(20).sort((a, b) => a - b)[100] ?? 0;
}

const probes: Record<string, () => Promise<number>> = {
  coldStart,
  coldStartWithPhone,
  ownLoad,
  memory,
  warmRun,
};
const figure = await probes[what]?.();
await setTimeout(0);
process.stdout.write(`\n${figure}\n`);
