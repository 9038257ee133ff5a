import { expect, test } from '@jest/globals';
import { failure, start } from './client.ts';

const SAMPLE = {
  id: '1776025372480910',
  custom_fields: {
    firstName: 'Mahin',
    lastName: 'Dar',
    locale: 'en_GB',
    timezone: '5',
    gender: 'male',
    phone: '123123',
    email: 'muhammad@bony.chat',
    customerid: '1',
  },
  tags: ['Blog Updates', 'Platform Updates'],
  created_at: 1575618542,
};

test('a search answers the sample of the documents, key by key', async () => {
  const { sandbox } = await start();
  const response = await fetch(`${sandbox.url}/api/v1/contact/by_custom_field?name=firstName&value=Mahin`, {
    headers: { Authorization: 'Bearer sandbox-token', 'Content-Type': 'application/json' },
  });
  const path = `${sandbox.url}/api/v1/contact/by_custom_field`;
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await response.text()).toBe(
    JSON.stringify({
      data: [SAMPLE],
      links: { first: `${path}?page=1`, last: `${path}?page=1`, prev: null, next: null },
      meta: { current_page: 1, from: 1, last_page: 1, path, per_page: 10, to: 1, total: 1 },
    }),
  );
});

test('a contact is answered as in the documents', async () => {
  const { get } = await start();
  expect(await get('/contact/1776025372480910')).toEqual({ status: 200, body: { data: SAMPLE } });
});

test('an update sets the fields given, leaves the others and answers the ID', async () => {
  const { send, sandbox } = await start();
  const custom_fields = [
    { name: 'firstName', value: 'Muhammad Mahin' },
    { name: 'score', value: 0 },
    { name: 'vip', value: false },
    { name: 'email', value: null },
  ];
  expect(await send('PUT', '/contact/1776025372480910', { custom_fields })).toEqual({
    status: 200,
    body: { data: { id: '1776025372480910' } },
  });
  expect(sandbox.store.get('1776025372480910')).toEqual({
    ...SAMPLE,
    custom_fields: {
      ...SAMPLE.custom_fields,
      firstName: 'Muhammad Mahin',
      score: 0,
      vip: false,
      email: null,
    },
  });
});

test.each(['/contact', '/contact/'])(
  'POST %s creates a contact, the first with the ID of the sample',
  async (path) => {
    const { send, sandbox } = await start({ now: () => 1_700_000_000 });
    const custom_fields = [
      { name: 'phone', value: '03244077087' },
      { name: 'firstName', value: 'Muhammad Mahin' },
      { name: 'lastName', value: 'Dar' },
    ];
    const answer = await send('POST', path, { custom_fields });
    expect(answer).toEqual({ status: 200, body: { data: { id: 'cus_112233344555' } } });
    expect(sandbox.store.get('cus_112233344555')).toEqual({
      id: 'cus_112233344555',
      custom_fields: { phone: '03244077087', firstName: 'Muhammad Mahin', lastName: 'Dar' },
      tags: [],
      created_at: 1_700_000_000,
    });
    expect(await send('POST', path, { custom_fields })).toEqual({
      status: 200,
      body: { data: { id: 'cus_112233344556' } },
    });
  },
);

test('tags are added once each and removed, by a DELETE with a body', async () => {
  const { send, sandbox } = await start();
  const path = '/contact/1776025372480910/tags';
  expect(await send('POST', path, { tags: ['VIP', 'Blog Updates'] })).toEqual({
    status: 200,
    body: { status: 'success', message: 'Contact Tags have been added successfully.', data: [] },
  });
  expect(sandbox.store.get(SAMPLE.id)?.tags).toEqual(['Blog Updates', 'Platform Updates', 'VIP']);
  expect(await send('DELETE', path, { tags: ['Blog Updates', 'Unknown'] })).toEqual({
    status: 200,
    body: { status: 'success', message: 'Contact Tags deleted successfully.', data: [] },
  });
  expect(sandbox.store.get(SAMPLE.id)?.tags).toEqual(['Platform Updates', 'VIP']);
});

test('a contact that does not exist is refused with 403 everywhere', async () => {
  const { send } = await start();
  const refused = failure(403, expect.stringContaining('no such contact'));
  const fields = { custom_fields: [{ name: 'firstName', value: 'A' }] };
  expect(await send('GET', '/contact/1')).toEqual(refused);
  expect(await send('PUT', '/contact/1', fields)).toEqual(refused);
  expect(await send('POST', '/contact/1/tags', { tags: ['A'] })).toEqual(refused);
  expect(await send('DELETE', '/contact/1/tags', { tags: ['A'] })).toEqual(refused);
  expect(await send('POST', '/message/sendContent/1', { body: [{ type: 'text', text: 'A' }] })).toEqual(
    refused,
  );
});

test.each(['whatsapp:+60123456789', 'nloI/TOL2seqOAjHslcr7Q==', '100%25/?#&é'])(
  'the ID %s arrives percent-encoded',
  async (id) => {
    const { get, send, sandbox } = await start();
    sandbox.store.add({ id });
    expect(await get(`/contact/${encodeURIComponent(id)}`)).toMatchObject({
      status: 200,
      body: { data: { id } },
    });
    expect((await send('POST', `/contact/${encodeURIComponent(id)}/tags/`, { tags: ['A'] })).status).toBe(
      200,
    );
  },
);

test('on Viber the ID in a path must be Base64-encoded', async () => {
  const { get, sandbox } = await start({ viber: true });
  const id = 'nloI/TOL2seqOAjHslcr7Q==';
  sandbox.store.add({ id });
  const encoded = encodeURIComponent(Buffer.from(id).toString('base64'));
  const refused = failure(403, expect.stringContaining('no such contact'));
  expect(await get(`/contact/${encoded}`)).toMatchObject({ status: 200, body: { data: { id } } });
  expect(await get(`/contact/${encodeURIComponent(id)}`)).toEqual(refused);
  expect(await get('/contact/1776025372480910')).toEqual(refused);
  sandbox.configure({ viber: false });
  expect((await get('/contact/1776025372480910')).status).toBe(200);
});
