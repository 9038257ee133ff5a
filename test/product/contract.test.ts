import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { sampleRuns } from '../../tools/zapier/sample-runs.ts';
import { useChannel } from '../support/channel.ts';
import { operations } from './hostile/operations.ts';

const channel = useChannel({ contacts: 0 });
const id = '1776025372480910';
beforeAll(() => {
  channel.sandbox.store.add({ id, tags: ['VIP'] });
});

/** The requests that the API documents. */
const documented = [
  /^GET \/api\/v1\/contact\/by_custom_field\?name=[^&]+&value=[^&]+(?:&page=\d+)?$/,
  /^GET \/api\/v1\/contact\/[^/?]+$/,
  /^PUT \/api\/v1\/contact\/[^/?]+ \{"custom_fields":\[\{"name":"[^"]+","value":.*\}\]\}$/,
  /^POST \/api\/v1\/contact\/ \{"custom_fields":\[\{"name":"[^"]+","value":.*\}\]\}$/,
  /^(?:POST|DELETE) \/api\/v1\/contact\/[^/?]+\/tags \{"tags":\[".+"\]\}$/,
  /^POST \/api\/v1\/message\/sendContent\/[^/?]+ \{"body":\[\{"type":".+\}\](?:,"forceCancelSurvey":(?:true|false))?\}$/,
];

const places = (['triggers', 'searches', 'creates'] as const).flatMap((type) =>
  Object.keys(App[type]).map((key) => `${type}.${key}`),
);

describe('every operation of the integration', () => {
  it('has a sample run, and nothing else has', () => {
    expect(places.sort()).toEqual(sampleRuns.map(({ place }) => place).sort());
    expect(Object.keys(App.searchOrCreates ?? {})).toEqual([
      'find_contact_by_phone',
      'find_contact_by_custom_field',
    ]);
  });

  it.each(sampleRuns)('$place makes only documented requests, and no more than it needs', async (sample) => {
    await channel.run(sample.place, sample.inputData);
    const made = channel.requests();
    expect(made).toHaveLength(sample.bodies.length);
    for (const line of made) {
      expect(documented.filter((pattern) => pattern.test(line))).not.toEqual([]);
    }
  });

  it('is run with any input, in the tests of hostile ones', () => {
    expect([...new Set(operations.map(({ place }) => place))].sort()).toEqual(places.sort());
  });

  it.each(places)('%s has a file, a test and a row in both READMEs', (place) => {
    const [type, key] = place.split('.');
    expect(existsSync(`${type}/${key}.ts`)).toBe(true);
    expect(existsSync(`test/${type}/${key}.test.ts`)).toBe(true);
    for (const page of ['README.md', 'README.es.md']) {
      expect(readFileSync(page, 'utf8')).toContain(`| \`${key}\` |`);
    }
  });
});

describe('the keys that people hold on to', () => {
  const keys = (fields: unknown[] = []) => fields.flatMap((field) => Object(field).key ?? []);
  const inputs = (operation: object) => keys(Reflect.get(operation, 'inputFields'));
  const contactFields = [
    'firstName',
    'lastName',
    'phone',
    'email',
    'language',
    'profilePic',
    'custom_fields',
    'tags',
  ];

  it('of the connection', () => {
    expect(keys(App.authentication?.fields)).toEqual([
      'host',
      'custom_host',
      'channel_token',
      'channel_type',
      'country',
      'channel_name',
    ]);
  });

  it.each([
    [App.triggers.new_contact, ['field_name', 'field_values']],
    [App.searches.find_contact_by_id, ['contact_id']],
    [App.searches.find_contact_by_custom_field, ['field_name', 'field_value']],
    [App.searches.find_contacts, ['field_name', 'field_value', 'limit']],
    [App.creates.create_contact, contactFields],
    [App.creates.update_contact, ['contact_id', ...contactFields, 'clear_fields']],
    [App.searches.find_contact_by_phone, ['phone']],
    [App.creates.create_or_update_contact, ['match_field', 'match_value', 'if_several', ...contactFields]],
    [App.creates.add_tags, ['contact_id', 'tags']],
    [App.creates.remove_tags, ['contact_id', 'tags']],
    [App.creates.send_message, ['contact_id', 'message_type', 'force_cancel_survey']],
    [App.creates.api_request, ['method', 'path', 'query', 'body']],
  ])('of the inputs of $key', ({ operation }, expected) => {
    expect(inputs(operation)).toEqual(expected);
  });
});

describe('the platform holds runs back', () => {
  const throttleOf = (key: string) =>
    Reflect.get(Object(App.creates)[key]?.operation ?? Object(App.searches)[key].operation, 'throttle');

  it.each([
    ...Object.keys(App.searches),
    ...Object.keys(App.creates).filter((key) => key !== 'send_message'),
  ])('%s: 100 runs a minute for each connection, shared', (key) => {
    expect(throttleOf(key)).toEqual({ key: 'contacts', window: 60, limit: 100, scope: ['auth'] });
  });

  it('send_message: 25 runs a second for each connection', () => {
    expect(throttleOf('send_message')).toEqual({ key: 'messages', window: 1, limit: 25, scope: ['auth'] });
  });
});
