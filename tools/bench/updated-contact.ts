import { startSandbox } from '../sandbox/server.ts';
import { createRunner, loadBuiltIntegration } from '../zapier/runner.ts';
import { SimulatedZap } from '../zapier/simulated-zap.ts';
import type { Row } from './table.ts';

const place = 'triggers.updated_contact';
const match = { field_name: 'zap', field_values: ['TRUE'] };

/** Requests a poll of Updated Contact where nothing changed, and where one contact of `size` did. */
async function measure(size: number, watched: string[]): Promise<Row> {
  const sandbox = await startSandbox({ rateLimits: false, contacts: 0 });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  const run = createRunner(await loadBuiltIntegration());
  const authData = { host: 'app.bony.chat', channel_token: sandbox.token };
  const meta = { zap: { id: 'bench', user: { timezone: 'UTC' } } };
  const zap = new SimulatedZap(
    (part, given) => run(part, { ...given, authData, meta: { ...given.meta, ...meta } }),
    place,
    { ...match, watched_fields: watched },
    ['id', 'version'],
  );
  for (let count = 1; count < size; count += 1) sandbox.store.add({ custom_fields: { zap: 'TRUE' } });
  const late = sandbox.store.add({ custom_fields: { zap: 'FALSE' } });
  const pollCosts = async () => {
    const before = sandbox.requests.length;
    const { fired } = await zap.poll();
    return { requests: sandbox.requests.length - before, fired: fired.length };
  };
  await zap.switchOn();
  const idle = await pollCosts();
  sandbox.store.update(late.id, { zap: 'TRUE' });
  const changed = await pollCosts();
  await sandbox.close();
  return {
    contacts: size,
    watched: watched.length > 0 ? 'a field' : 'nothing',
    'requests, idle': idle.requests,
    'with one change': changed.requests,
    found: changed.fired,
    false: idle.fired,
  };
}

/** Requests a poll of Updated Contact at 10, 100 and 500 contacts, idle and with a change. */
export async function updatedContactTable(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const watched of [[], ['zap_at']]) {
    for (const size of [10, 100, 500]) rows.push(await measure(size, watched));
  }
  return rows;
}
