import { startSandbox } from '../sandbox/server.ts';
import { createRunner, loadBuiltIntegration } from '../zapier/runner.ts';
import { sampleRuns } from '../zapier/sample-runs.ts';
import type { Row } from './table.ts';

const bytes = (texts: string[]) => Buffer.byteLength(texts.join(''));

/** Requests and bytes of body that each operation sends in a run, beside the fewest that the API allows. */
export async function requestsTable(): Promise<Row[]> {
  const sandbox = await startSandbox({ rateLimits: false });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  const run = createRunner(await loadBuiltIntegration());
  const authData = { host: 'app.bony.chat', channel_token: sandbox.token };
  const rows: Row[] = [];
  for (const { place, inputData, requests } of sampleRuns) {
    const before = sandbox.requests.length;
    await run(place, { authData, inputData });
    const made = sandbox.requests.slice(before);
    const sent = bytes(made.map(({ body }) => body));
    const needed = bytes(requests.map(({ body }) => JSON.stringify(body) ?? ''));
    rows.push({
      what: place.split('.')[1] ?? place,
      requests: made.length,
      fewest: requests.length,
      bytes: sent,
      'fewest bytes': needed,
      reached: made.length === requests.length && sent === needed,
    });
  }
  await sandbox.close();
  return rows;
}
