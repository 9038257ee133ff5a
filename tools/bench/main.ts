import '../zapier/quiet.ts';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import * as schema from 'zod';
import { startSandbox } from '../sandbox/server.ts';
import { readFlags } from '../scripts/flags.ts';
import { zip } from '../scripts/zip.ts';
import { compare, median, type Pair, probe } from './compare.ts';
import { minutesToDemo } from './demo.ts';
import { ourDefinition, writeFloor } from './floor.ts';
import { newContactLoadTable, newContactTable } from './new-contact.ts';
import { requestsTable } from './requests.ts';
import { type Row, table } from './table.ts';

// Every figure beside what it has to be compared with, taken in one run.

const { json } = readFlags({
  command: 'npm run bench',
  does: 'Measures start, weight, speed, memory and requests beside the least that the platform takes.',
  flags: schema.object({
    json: schema.boolean().default(false).meta({ description: 'prints JSON instead of tables' }),
  }),
  example: '--json',
});
const root = resolve(import.meta.dirname, '../..');

/** Unpacks a zip as Zapier does, and gives the folder. */
function unpack(file: string, folder: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const zips = {
  ours: await zip('dist', join(root, 'build/bench/ours')),
  floor: await zip(writeFloor(), join(root, 'build/bench/floor')),
};
const folders = {
  ours: unpack(zips.ours, join(root, 'build/bench/ours-unpacked')),
  floor: unpack(zips.floor, join(root, 'build/bench/floor-unpacked')),
};
/** The floor again, with the definition of ours: bare calls, but all the forms and help texts. */
const described = unpack(zips.floor, join(root, 'build/bench/described-unpacked'));
cpSync(join(root, 'dist'), join(described, 'dist/ours'), { recursive: true });
cpSync(join(described, 'dist/index.js'), join(described, 'dist/floor.js'));
writeFileSync(join(described, 'dist/index.js'), ourDefinition);

const sandbox = await startSandbox({ rateLimits: false });
const row = (what: string, unit: string, { ours, floor, ratio }: Pair, most: number): Row => ({
  what,
  ours: `${ours.toFixed(1)} ${unit}`,
  floor: `${floor.toFixed(1)} ${unit}`,
  ratio,
  'at most': most,
  reached: ratio <= most,
});
const own = (what: string, figure: number, unit: string, most: number): Row => ({
  what,
  ours: `${figure.toFixed(1)} ${unit}`,
  'at most': `${most} ${unit}`,
  reached: figure <= most,
});

const size = (file: string) => statSync(file).size / 1000;
const sizes = { ours: size(zips.ours), floor: size(zips.floor) };
const loads: number[] = [];
for (let round = 0; round < 15; round += 1) {
  loads.push(await probe('ownLoad', folders.ours, sandbox.url));
}
const weight = [
  row('cold start', 'ms', await compare('coldStart', folders, sandbox.url, 40), 1.05),
  own('our code loads', median(loads), 'ms', 10),
  row('build.zip', 'kB', { ...sizes, ratio: sizes.ours / sizes.floor }, 1.1),
  own('dist/index.js', size(join(root, 'dist/index.js')), 'kB', 130),
  row('warm run: a search and a message', 'ms', await compare('warmRun', folders, sandbox.url, 12), 1.15),
  row(
    'the same, beside bare calls with our definition',
    'ms',
    await compare('warmRun', { ...folders, floor: described }, sandbox.url, 12),
    1.15,
  ),
  row('memory after 100 runs', 'MB', await compare('memory', folders, sandbox.url, 6), 1.1),
  own('the demo, from npm ci on', minutesToDemo(), 'min', 3),
];
await sandbox.close();

const tables = {
  weight,
  requests: await requestsTable(),
  newContact: await newContactTable(),
  newContactUnderLoad: await newContactLoadTable(),
};
console.log(json ? JSON.stringify(tables, null, 2) : Object.values(tables).map(table).join('\n\n'));
