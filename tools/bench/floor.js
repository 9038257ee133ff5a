// The floor: an integration on the same core that makes the same two calls with a bare `z.request` and does
// nothing else. No integration can cost less.
import { version as platformVersion } from 'zapier-platform-core';

const request = (z, bundle, path, options) =>
  z.request({
    url: `${process.env.CHANNEL_API_BASE_URL}/api/v1${path}`,
    headers: { authorization: `Bearer ${bundle.authData.channel_token}`, 'content-type': 'application/json' },
    ...options,
  });

const find = async (z, bundle) => {
  const response = await request(z, bundle, `/contact/${bundle.inputData.contact_id}`);
  return [response.data.data];
};

const send = async (z, bundle) => {
  const { contact_id, text } = bundle.inputData;
  const body = { body: [{ type: 'text', text }] };
  return (await request(z, bundle, `/message/sendContent/${contact_id}`, { method: 'POST', body })).data;
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
