import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import nock from 'nock';
import App from '../../index.ts';
import { createRunner, type Run } from '../../tools/zapier/runner.ts';

export { failure } from './failure.ts';

// No test reaches the network. A test fails where a mocked request was not made.
beforeAll(() => nock.disableNetConnect());

// Each test begins with an empty cache.
let forgets = true;

afterEach(() => {
  forgets = true;
  const pending = nock.pendingMocks();
  nock.cleanAll();
  expect(pending).toEqual([]);
});

// The next test file has a nock of its own, but shares Node's http with this one.
afterAll(() => nock.restore());

/** A connection to a WhatsApp channel on Bony Chat. */
export const authData = {
  host: 'app.bony.chat',
  channel_token: 'channel-token-1234',
  channel_type: 'other',
  channel_name: 'Support',
};

/** The seeds' contact, as the API answers it. */
export const apiContact = {
  id: '1776025372480910',
  custom_fields: { firstName: 'Mahin', lastName: 'Dar', phone: '123123', customerid: '1' },
  tags: ['Blog Updates'],
  created_at: 1575618542,
};

/** The same contact, as every operation outputs it. */
export const contact = { ...apiContact, created_at: '2019-12-06T07:49:02.000Z' };

/** The channel API. Requests with other headers, as without the channel's token, or to anywhere else, fail the test. */
export function api() {
  return nock('https://app.bony.chat/api/v1', {
    reqheaders: {
      authorization: 'Bearer channel-token-1234',
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'Zapier',
    },
  });
}

/** A body with fields; without them, any body. */
const bodyOf = (fields?: object) =>
  fields && { custom_fields: Object.entries(fields).map(([name, value]) => ({ name, value })) };

/** The channel creates a contact once, with exactly these fields where they are given. */
export function takesNewContact(fields?: object, id = 'cus_1'): void {
  api().post('/contact/', bodyOf(fields)).reply(200, { data: { id } });
}

/** The channel saves exactly these fields once, or any. */
export function takesFields(fields?: object, id = apiContact.id): void {
  api().put(`/contact/${id}`, bodyOf(fields)).reply(200, { data: { id } });
}

const runner = createRunner(App);

/** Runs a part of the definition with the channel's connection: `creates.add_tags`, `authentication.test`. */
export function run(
  place: string,
  inputData: Record<string, unknown> = {},
  overrides: Run = {},
): Promise<unknown> {
  const running = runner(place, { authData, forgets, ...overrides, inputData });
  forgets = false;
  return running;
}
