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

const withPhone = (phone: string) => ({ custom_fields: { phone } });

/** A phone, how a contact has it, and how it is typed; the connection's country is Mexico. */
const phoneCases: { phone: string; saved?: object; typed: string }[] = [
  { phone: 'saved as it is typed', saved: withPhone('+523312345000'), typed: '+523312345000' },
  { phone: 'typed in another way', saved: withPhone('+523312345000'), typed: '33 1234 5000' },
  { phone: 'saved as digits', saved: withPhone('523312345000'), typed: '33 1234 5000' },
  { phone: 'saved with the 1 of WhatsApp', saved: withPhone('+5213312345000'), typed: '33 1234 5000' },
  { phone: 'known as an ID only', saved: { id: '5213312345000' }, typed: '33 1234 5000' },
  { phone: 'nobody has it', typed: '33 1234 5000' },
];

/** Requests that Find Contact by Phone makes until it has found the contact, or knows that there is none. */
export async function phoneTable(): Promise<Row[]> {
  const run = createRunner(await loadBuiltIntegration());
  const rows: Row[] = [];
  for (const { phone, saved, typed } of phoneCases) {
    const sandbox = await startSandbox({ rateLimits: false });
    process.env.CHANNEL_API_BASE_URL = sandbox.url;
    if (saved) sandbox.store.add(saved);
    const authData = { host: 'app.bony.chat', channel_token: sandbox.token, country: 'MX' };
    const found = await run('searches.find_contact_by_phone', { authData, inputData: { phone: typed } });
    await sandbox.close();
    const requests = sandbox.requests.length;
    const isRight = [found].flat().length === (saved ? 1 : 0);
    rows.push({ phone, typed, requests, 'at most': 8, reached: isRight && requests <= 8 });
  }
  return rows;
}
