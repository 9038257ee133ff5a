import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import nock from 'nock';
import App from '../../index.ts';
import { createRunner, type Run } from '../../tools/zapier/runner.ts';
import { bodyOf } from '../samples/contact-parts.ts';

export { failure } from './failure.ts';

// No test may reach the network. A test also fails if a request that it mocked was not made (see afterEach).
beforeAll(() => nock.disableNetConnect());

// The first run of each test empties the cache, which would otherwise keep entries of earlier tests.
let forgets = true;

afterEach(() => {
  forgets = true;
  const pending = nock.pendingMocks();
  nock.cleanAll();
  expect(pending).toEqual([]);
});

// Each test file has its own nock, but all share Node's http module, so this nock must be taken out of it.
afterAll(() => nock.restore());

/** The connection of the tests: a channel of no special type on Bony Chat. */
export const authData = {
  host: 'app.bony.chat',
  channel_token: 'channel-token-1234',
  channel_type: 'other',
  channel_name: 'Support',
};

/** The contact of the API documents' samples, with fewer fields, as the API returns it. */
export const apiContact = {
  id: '1776025372480910',
  custom_fields: { firstName: 'Mahin', lastName: 'Dar', phone: '123123', customerid: '1' },
  tags: ['Blog Updates'],
  created_at: 1575618542,
};

/** The same contact, as every operation returns it to Zapier. */
export const contact = { ...apiContact, created_at: '2019-12-06T07:49:02.000Z' };

/** Mocks the channel API. A request with other headers, without the token or to another host fails. */
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

/** Mocks one creation of a contact. If fields are given, only a request with exactly these fields is accepted. */
export function takesNewContact(fields?: object, id = 'cus_1'): void {
  api()
    .post('/contact/', fields && bodyOf(fields))
    .reply(200, { data: { id } });
}

/** Mocks one update of a contact. If fields are given, only a request with exactly these fields is accepted. */
export function takesFields(fields?: object, id = apiContact.id): void {
  api()
    .put(`/contact/${id}`, fields && bodyOf(fields))
    .reply(200, { data: { id } });
}

const runner = createRunner(App);

/** Runs a part of the integration, such as `creates.add_tags` or `authentication.test`, with the tests' connection. */
export function run(
  place: string,
  inputData: Record<string, unknown> = {},
  overrides: Run = {},
): Promise<unknown> {
  const running = runner(place, { authData, forgets, ...overrides, inputData });
  forgets = false;
  return running;
}
