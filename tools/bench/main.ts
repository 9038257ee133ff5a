import '../zapier/quiet.ts';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Argument } from '@commander-js/extra-typings';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { build } from '../scripts/build.ts';
import { script } from '../scripts/flags.ts';
import { unpack, zip } from '../scripts/zip.ts';
import { createRunner, loadBuiltIntegration, type Runner } from '../zapier/runner.ts';
import { sampleRuns } from '../zapier/sample-runs.ts';
import { primaryKeyOf, SimulatedZap } from '../zapier/simulated-zap.ts';
import type { Probe } from './probe.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

type Row = Record<string, string | number>;
const sides = ['ours', 'floor'] as const;

/** Makes the zips of the integration and of the floor once, unpacks them as Zapier does, and returns their kilobytes. */
async function makePackages(): Promise<Record<(typeof sides)[number], number>> {
  const kilobytes = { ours: 0, floor: 0 };
  for (const side of sides) {
    const file = join(folder, `${side}.zip`);
    const floor = join(import.meta.dirname, 'floor.js');
    await zip(file, (dist) => (side === 'ours' ? build('', dist) : cpSync(floor, join(dist, 'index.js'))));
    unpack(file, join(folder, side));
    kilobytes[side] = Math.round(statSync(file).size / 1000);
  }
  return kilobytes;
}

const median = (figures: number[]) =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;

/** Measures the integration or the floor in a fresh process, in milliseconds or megabytes. */
async function measure(probe: Probe, side: string, { url }: Sandbox): Promise<number> {
  const args = [join(import.meta.dirname, 'probe.ts'), probe, join(folder, side)];
  const env = { ...process.env, CHANNEL_API_BASE_URL: url };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return Number(stdout.trim().split('\n').at(-1));
}

/**
 * Measures both sides in rounds, and each side goes first in every other round. The ratio is the median of the rounds'
 * ratios, because anything that slows the machine down for a while slows both sides of a round.
 */
async function compare(what: string, probe: Probe, rounds: number, sandbox: Sandbox): Promise<Row> {
  const figures = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const figure = await measure(probe, side, sandbox);
      // The first round warms the file cache up.
      if (round > 0) figures[side].push(figure);
    }
  }
  const ratio = median(figures.ours.map((figure, round) => figure / (figures.floor[round] ?? Number.NaN)));
  const rounded = (all: number[]) => Number(median(all).toFixed(1));
  return {
    what,
    ours: rounded(figures.ours),
    floor: rounded(figures.floor),
    ratio: Number(ratio.toFixed(2)),
  };
}

/** Compares size, start, warm run and memory with the floor: an integration on the same core that makes bare calls. */
async function platform(): Promise<Row[]> {
  const { ours, floor } = await makePackages();
  const sandbox = await startSandbox({ rateLimits: false });
  const rows = [
    { what: 'size of build.zip, kB', ours, floor, ratio: Number((ours / floor).toFixed(2)) },
    await compare('start: a definition and a first search, ms', 'coldStart', 15, sandbox),
    await compare('warm run: a search and a message, ms', 'warmRun', 9, sandbox),
    await compare('memory after 100 runs, MB', 'memory', 5, sandbox),
  ];
  await sandbox.close();
  return rows;
}

/** Starts a sandbox and returns a runner of the built integration on it. `made` returns the requests of an action. */
async function openChannel(contacts: number) {
  const sandbox = await startSandbox({ contacts, rateLimits: false });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  const integration = await loadBuiltIntegration();
  const runner = createRunner(integration);
  const authData = { host: 'app.bony.chat', channel_token: sandbox.token };
  const zapMeta = { zap: { id: 'bench', user: { timezone: 'UTC' } } };
  const run: Runner = (place, given) =>
    runner(place, { authData, ...given, meta: { ...given?.meta, ...zapMeta } });
  const made = async (act: () => Promise<unknown>) => {
    const before = sandbox.requests.length;
    await act();
    return sandbox.requests.slice(before);
  };
  return { sandbox, integration, run, made };
}

const bytes = (texts: string[]) => Buffer.byteLength(texts.join(''));

/** Counts the requests and body bytes of each operation's run, and compares them with the fewest that the API allows. */
async function requests(): Promise<Row[]> {
  const { sandbox, run, made } = await openChannel(100);
  const rows: Row[] = [];
  for (const { place, inputData, requests: needed } of sampleRuns) {
    const sent = await made(() => run(place, { inputData }));
    rows.push({
      operation: place.replace(/^\w+\./, ''),
      requests: sent.length,
      fewest: needed.length,
      bytes: bytes(sent.map(({ body }) => body)),
      'fewest bytes': bytes(needed.map(({ body }) => JSON.stringify(body) ?? '')),
    });
  }
  await sandbox.close();
  return rows;
}

const watched = { field_name: 'zap', field_values: ['TRUE'] };
const zaps: [trigger: string, inputData: Record<string, unknown>][] = [
  ['new_contact', watched],
  ['updated_contact', watched],
  ['updated_contact', { ...watched, watched_fields: ['plan'] }],
];

/** Counts the requests of each trigger's polls, by the number of matching contacts: after no change, and after a new contact. */
async function polls(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [trigger, inputData] of zaps) {
    for (const matching of [10, 100, 400]) {
      const { sandbox, integration, run, made } = await openChannel(0);
      const add = (hoursAgo: number) =>
        sandbox.store.add({
          custom_fields: { zap: 'TRUE' },
          created_at: Math.floor(Date.now() / 1000) - hoursAgo * 3600,
        });
      for (let hours = matching; hours > 0; hours -= 1) add(hours);
      const zap = new SimulatedZap(run, `triggers.${trigger}`, inputData, primaryKeyOf(integration, trigger));
      await zap.switchOn();
      const idle = await made(() => zap.poll());
      add(0);
      const busy = await made(() => zap.poll());
      rows.push({
        trigger: 'watched_fields' in inputData ? `${trigger}, a field watched` : trigger,
        'contacts that match': matching,
        'requests, idle': idle.length,
        'with one new': busy.length,
        fired: zap.polls.at(-1)?.fired.length ?? 0,
      });
      await sandbox.close();
    }
  }
  return rows;
}

const tables: Record<string, () => Promise<Row[]>> = { requests, polls, platform };

const [chosen] = script(
  'npm run bench',
  'Measures requests of operations and polls; size, start, a warm run and memory beside the least that the platform takes.',
)
  .addArgument(new Argument('[tables...]', 'only these tables').choices(Object.keys(tables)).default([]))
  .parse().processedArgs;

// Ctrl-C would otherwise leave the folder behind.
process.once('SIGINT', () => process.exit(130));
for (const name of chosen.length > 0 ? chosen : Object.keys(tables)) {
  console.error(`Measuring ${name} …`);
  console.table(await tables[name]?.());
}
