import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import nock from 'nock';
import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';
import App from '../../index.ts';

// No test reaches the network, and none leaves a request unmade that it announced.
beforeAll(() => {
  if (!nock.isActive()) {
    nock.activate();
  }
  nock.disableNetConnect();
});

afterEach(() => {
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

/** The channel API. Requests without the channel's token, or to anywhere else, fail the test. */
export function api() {
  return nock('https://app.bony.chat/api/v1', {
    reqheaders: { authorization: 'Bearer channel-token-1234', 'content-type': 'application/json' },
  });
}

const test = createAppTester(App);

/** Every operation of the integration: `operations.creates.add_tags`. */
export const operations: Record<string, Record<string, { key: string; operation: object }>> = {
  triggers: App.triggers,
  searches: App.searches,
  creates: App.creates,
};

type Perform = (z: ZObject, bundle: Bundle) => Promise<unknown>;

interface Overrides {
  authData?: Record<string, string>;
  meta?: Partial<Bundle['meta']>;
}

/** Runs a part of the definition through the platform's core: `creates.add_tags`, `authentication.test`. */
export function run(
  place: string,
  inputData: Record<string, unknown> = {},
  overrides: Overrides = {},
): Promise<unknown> {
  const [type = '', key = ''] = place.split('.');
  const operation = operations[type]?.[key]?.operation;
  // defineCreate and its like widen `perform`, so that the tester cannot take it as it is.
  const perform: Perform = operation
    ? Reflect.get(operation, 'perform')
    : Reflect.get(App.authentication ?? {}, key);
  return test(perform, { authData, ...overrides, inputData });
}

/** What a user meets when a run fails: the kind of error, its sentence, and what else the platform is told. */
export async function failure(
  running: Promise<unknown>,
): Promise<Record<string, unknown> & { sentence: string }> {
  try {
    await running;
  } catch (error) {
    if (!(error instanceof Error)) {
      throw error;
    }
    const told: unknown = error.message.startsWith('{')
      ? JSON.parse(error.message)
      : { message: error.message };
    const { message, ...rest } = told as { message: string };
    return { kind: error.name, ...rest, sentence: message };
  }
  throw new Error('The run did not fail.');
}
