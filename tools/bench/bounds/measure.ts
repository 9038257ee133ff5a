import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startSandbox } from '../../sandbox/server.ts';
import { showProgress } from '../../scripts/progress.ts';
import type { Case } from './cases.ts';

/** What one run took, in a process of its own. */
export interface Measurement {
  megabytes: number;
  seconds: number;
  /** `done`, or the code of its failure. */
  outcome: string;
}

/** Megabytes above an empty integration on the same core, and seconds, that a run may take. */
export const bounds = { megabytes: 64, seconds: 30 };

async function runChild(name: string, url = ''): Promise<Measurement> {
  const env = { ...process.env, CHANNEL_API_BASE_URL: url };
  const child = await promisify(execFile)(process.execPath, ['tools/bench/bounds/child.ts', name], { env });
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '');
}

/** Measures an empty integration: what core itself takes. */
export function measureEmpty(): Promise<Measurement> {
  return runChild('empty');
}

/** Measures cases on channels with so many contacts, one after the other. */
export async function measure(cases: Case[], contacts = 12): Promise<(Measurement & { name: string })[]> {
  const sandbox = await startSandbox({ contacts, rateLimits: false });
  const measured: (Measurement & { name: string })[] = [];
  for (const [n, one] of cases.entries()) {
    showProgress(one.name, n + 1, cases.length);
    sandbox.clearFaults();
    if (one.fault) sandbox.failNext(100, one.fault);
    measured.push({ name: one.name, ...(await runChild(one.name, sandbox.url)) });
  }
  await sandbox.close();
  return measured;
}
