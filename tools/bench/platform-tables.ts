import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { showProgress } from '../scripts/progress.ts';
import { compare, median, type Pair, probe } from './compare.ts';
import { minutesToDemo } from './demo.ts';
import { packages } from './packages.ts';
import type { Row } from './table.ts';

// What the platform itself takes, beside what the integration takes.

const dist = resolve(import.meta.dirname, '../../dist');
/** A phone that a contact of the sandbox has, as the probe writes it. */
const savedPhone = '+523312345000';

const beside = (what: string, unit: string, { ours, floor, ratio }: Pair, most?: number): Row => ({
  what,
  ours: `${ours.toFixed(1)} ${unit}`,
  floor: `${floor.toFixed(1)} ${unit}`,
  ratio,
  ...(most !== undefined && { 'at most': most, reached: ratio <= most }),
});
const alone = (what: string, figure: number, unit: string, most?: number): Row => ({
  what,
  ours: `${figure.toFixed(1)} ${unit}`,
  ...(most !== undefined && { 'at most': `${most} ${unit}`, reached: figure <= most }),
});

async function onSandbox(measure: (sandbox: Sandbox) => Promise<Row[]>): Promise<Row[]> {
  const sandbox = await startSandbox({ rateLimits: false });
  sandbox.store.add({ custom_fields: { phone: savedPhone } });
  return measure(sandbox).finally(() => sandbox.close());
}

/** Bytes of the zip and of the files in it that are ours. */
export async function weightTable(): Promise<Row[]> {
  const { zips } = await packages();
  const size = (file: string) => statSync(file).size / 1000;
  const [ours, floor] = [size(zips.ours), size(zips.floor)];
  return [
    beside('build.zip', 'kB', { ours, floor, ratio: ours / floor }, 1.1),
    alone('dist/index.js', size(`${dist}/index.js`), 'kB', 130),
    alone('dist/phone.js, loaded when a phone is read', size(`${dist}/phone.js`), 'kB'),
  ];
}

/** Cold start: a new process, a definition, and a first search by an ID or by a phone. */
export async function startTable(): Promise<Row[]> {
  const { folders } = await packages();
  return onSandbox(async ({ url }) => {
    const loads: number[] = [];
    for (let round = 1; round <= 15; round += 1) {
      showProgress('start, our code loads', round, 15);
      loads.push(await probe('ownLoad', folders.ours, url));
    }
    const withPhone = { ours: 'coldStartWithPhone', floor: 'coldStart' } as const;
    return [
      alone('our code loads', median(loads), 'ms', 10),
      beside('cold start, a search by ID', 'ms', await compare('coldStart', folders, url, 20), 1.05),
      beside('cold start, a search by phone', 'ms', await compare(withPhone, folders, url, 20)),
    ];
  });
}

/** A search and a message in a process that is warm. */
export async function speedTable(): Promise<Row[]> {
  const { folders, described } = await packages();
  return onSandbox(async ({ url }) => [
    beside('a search and a message', 'ms', await compare('warmRun', folders, url, 12), 1.15),
    beside(
      'the same, beside bare calls with our definition',
      'ms',
      await compare('warmRun', { ...folders, floor: described }, url, 12),
      1.15,
    ),
  ]);
}

export async function memoryTable(): Promise<Row[]> {
  const { folders } = await packages();
  return onSandbox(async ({ url }) => [
    beside('memory after 100 runs', 'MB', await compare('memory', folders, url, 6), 1.1),
  ]);
}

export async function demoTable(): Promise<Row[]> {
  return [alone('the demo, from npm ci on', minutesToDemo(), 'min', 3)];
}
