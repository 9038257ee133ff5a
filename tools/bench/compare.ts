import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { showProgress } from '../scripts/progress.ts';

export type Probe = 'coldStart' | 'coldStartWithPhone' | 'ownLoad' | 'memory' | 'warmRun';

const probeFile = resolve(import.meta.dirname, 'probe.ts');

/** One figure of a built integration, from a process of its own. */
export async function probe(what: Probe, folder: string, apiUrl: string): Promise<number> {
  const env = { ...process.env, CHANNEL_API_BASE_URL: apiUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [probeFile, what, folder], { env });
  return Number(stdout.trim().split('\n').at(-1));
}

export function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

export interface Pair {
  ours: number;
  floor: number;
  /** Median of the ratios of each round: what slows the machine down for a while slows both sides of a round. */
  ratio: number;
}

/** The same figure of two integrations, or one of each, taken in turn, each of them first in every other round. */
export async function compare(
  what: Probe | { ours: Probe; floor: Probe },
  folders: { ours: string; floor: string },
  apiUrl: string,
  rounds: number,
): Promise<Pair> {
  const figures: Record<keyof typeof folders, number[]> = { ours: [], floor: [] };
  const probes = typeof what === 'string' ? { ours: what, floor: what } : what;
  for (let round = 0; round <= rounds; round += 1) {
    if (round > 0) showProgress(`${probes.ours}, beside the floor`, round, rounds);
    for (const side of round % 2 === 0 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const)) {
      const figure = await probe(probes[side], folders[side], apiUrl);
      // The first round warms the file cache up.
      if (round > 0) figures[side].push(figure);
    }
  }
  const { ours, floor } = figures;
  const ratios = ours.map((figure, round) => figure / (floor[round] ?? Number.NaN));
  return { ours: median(ours), floor: median(floor), ratio: median(ratios) };
}
