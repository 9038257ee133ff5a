import { startSandbox } from '../sandbox/server.ts';
import { createRunner, loadBuiltIntegration } from '../sandbox/zapier.ts';
import type { Row } from './table.ts';

const id = '1776025372480910';
const tags = { tags: ['Lead'] };
const fields = { custom_fields: [{ name: 'firstName', value: 'Ana' }] };
const matched = { custom_fields: [{ name: 'phone', value: '0' }, ...fields.custom_fields] };
const text = { body: [{ type: 'text', text: 'Hi' }] };

/** Each operation, with the bodies that the API needs at the least: one for each request, undefined where it has none. */
const runs: [place: string, inputData: object, bodies: (object | undefined)[]][] = [
  ['triggers.new_contact', { field_name: 'phone', field_values: ['123123'] }, [undefined]],
  ['searches.find_contact_by_id', { contact_id: id }, [undefined]],
  ['searches.find_contact_by_custom_field', { field_name: 'phone', field_value: '123123' }, [undefined]],
  ['creates.create_contact', { firstName: 'Ana' }, [fields]],
  ['creates.update_contact', { contact_id: id, firstName: 'Ana' }, [fields]],
  [
    'creates.create_or_update_contact',
    { match_field: 'phone', match_value: '0', firstName: 'Ana' },
    [undefined, matched],
  ],
  ['creates.add_tags', { contact_id: id, ...tags }, [tags]],
  ['creates.remove_tags', { contact_id: id, ...tags }, [tags]],
  ['creates.send_message', { contact_id: id, text: 'Hi' }, [text]],
  ['creates.api_request', { method: 'GET', path: `/contact/${id}` }, [undefined]],
];

const bytes = (texts: string[]) => Buffer.byteLength(texts.join(''));

/** Requests and bytes of body that each operation sends in a run, beside the fewest that the API allows. */
export async function requestsTable(): Promise<Row[]> {
  const sandbox = await startSandbox({ rateLimits: false });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  const run = createRunner(await loadBuiltIntegration());
  const authData = { host: 'app.bony.chat', channel_token: sandbox.token };
  const rows: Row[] = [];
  for (const [place, inputData, bodies] of runs) {
    const before = sandbox.requests.length;
    await run(place, { authData, inputData: { ...inputData } });
    const made = sandbox.requests.slice(before);
    const sent = bytes(made.map(({ body }) => body));
    const needed = bytes(bodies.map((body) => JSON.stringify(body) ?? ''));
    rows.push({
      what: place.split('.')[1] ?? place,
      requests: made.length,
      fewest: bodies.length,
      bytes: sent,
      'fewest bytes': needed,
      reached: made.length === bodies.length && sent === needed,
    });
  }
  await sandbox.close();
  return rows;
}
