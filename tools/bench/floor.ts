import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The platform's floor: an integration on the same core that does the same two calls with a bare `z.request`,
 * and nothing else. What it costs, no integration can save.
 */
const floor = `
import { version as platformVersion } from 'zapier-platform-core';

const headers = (bundle) => ({ authorization: 'Bearer ' + bundle.authData.channel_token, 'content-type': 'application/json' });
const base = () => process.env.CHANNEL_API_BASE_URL + '/api/v1';

const find = async (z, bundle) => {
  const response = await z.request({ url: base() + '/contact/' + bundle.inputData.contact_id, headers: headers(bundle) });
  return [response.data.data];
};

const send = async (z, bundle) => {
  const response = await z.request({
    method: 'POST',
    url: base() + '/message/sendContent/' + bundle.inputData.contact_id,
    headers: headers(bundle),
    body: { body: [{ type: 'text', text: bundle.inputData.text }] },
  });
  return response.data;
};

const contact = { key: 'contact_id', label: 'Contact ID', required: true };
const sample = { id: '1' };

export default {
  version: '1.0.0',
  platformVersion,
  searches: {
    find_contact_by_id: {
      key: 'find_contact_by_id',
      noun: 'Contact',
      display: { label: 'Find Contact by ID', description: 'Finds a contact.' },
      operation: { inputFields: [contact], perform: find, sample },
    },
  },
  creates: {
    send_message: {
      key: 'send_message',
      noun: 'Message',
      display: { label: 'Send Message', description: 'Sends a text.' },
      operation: { inputFields: [contact, { key: 'text', label: 'Text' }], perform: send, sample },
    },
  },
};
`;

/** Bare calls again, under the definition of ours beside it: what the platform takes for a definition of that size. */
export const ourDefinition = `
import ours from './ours/index.js';
import floor from './floor.js';

const bare = (kind, key) => {
  const operation = { ...ours[kind][key].operation, perform: floor[kind][key].operation.perform };
  return { ...ours[kind], [key]: { ...ours[kind][key], operation } };
};

export default {
  ...ours,
  searches: bare('searches', 'find_contact_by_id'),
  creates: bare('creates', 'send_message'),
};
`;

/** Writes the floor's integration where a built one would be, and gives its folder from the project's root. */
export function writeFloor(): string {
  const folder = 'build/floor';
  const path = resolve(import.meta.dirname, '../..', folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'index.js'), floor);
  return folder;
}
