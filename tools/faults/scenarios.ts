import type { Run } from '../zapier/runner.ts';
import { sampleRuns } from '../zapier/sample-runs.ts';

/** A run of an operation, one of whose requests meets a fault. */
export interface Scenario {
  name: string;
  /** The part of the definition that runs. */
  place: string;
  inputData: Record<string, unknown>;
  meta?: Run['meta'];
  /** Requests that succeed before the one that meets the fault. */
  before?: number;
  /** How the user's sentence begins where those requests did some of the work. */
  tells?: RegExp;
  /** Whether the faulted request, sent twice, would do its work twice. */
  unrepeatable?: boolean;
}

const contact_id = '1776025372480910';
const nobodyFound = { field_name: 'email', field_value: 'nobody@example.com' };
const list = (length: number, item: (number: number) => string) => Array.from({ length }, (_, n) => item(n));
const manyTags = list(25, (n) => `tag ${n}`);
const manyFields = Object.fromEntries(list(70, (n) => `field_${n}`).map((id) => [id, 'value']));
const secondHalf = { meta: { withSearch: 'find_contact_by_custom_field' } };
const nobody = { match_field: 'email', match_value: 'nobody@example.com' };
const somebody = { match_field: 'customerid', match_value: '1' };

/** Every operation, and each request of those that make several. */
export const scenarios: Scenario[] = [
  { name: 'connection test', place: 'authentication.test', inputData: {} },
  // Those of several requests are below, request by request.
  ...sampleRuns
    .filter(({ bodies }) => bodies.length === 1)
    .map((sample) => ({ ...sample, name: sample.place.replace(/^\w+\./, '') })),
  {
    name: 'find_contacts: second page',
    place: 'searches.find_contacts',
    inputData: { field_name: 'subscribed', field_value: 'TRUE' },
    before: 1,
  },
  {
    name: 'create_contact, 70 fields: second request',
    place: 'creates.create_contact',
    inputData: { custom_fields: manyFields },
    before: 1,
    tells: /^The contact was created with the ID "\w+", but only the first 30 of its 70 fields/,
  },
  {
    name: 'find or create: create',
    place: 'creates.create_contact',
    inputData: { ...nobodyFound, firstName: 'Ana' },
    ...secondHalf,
    unrepeatable: true,
  },
  {
    name: 'find or create: read back',
    place: 'creates.create_contact',
    inputData: { ...nobodyFound, firstName: 'Ana' },
    ...secondHalf,
    before: 1,
    tells: /^The contact was created with the ID "\w+", but could not be read back\./,
  },
  {
    name: 'update_contact, 70 fields: second request',
    place: 'creates.update_contact',
    inputData: { contact_id, custom_fields: manyFields },
    before: 1,
    tells: /^Only the first 30 of 70 fields are certain to have been saved/,
  },
  {
    name: 'create_or_update_contact: look-up',
    place: 'creates.create_or_update_contact',
    inputData: { ...nobody, firstName: 'Ana' },
  },
  {
    name: 'create_or_update_contact: create',
    place: 'creates.create_or_update_contact',
    inputData: { ...nobody, firstName: 'Ana' },
    before: 1,
    unrepeatable: true,
  },
  {
    name: 'create_or_update_contact: update',
    place: 'creates.create_or_update_contact',
    inputData: { ...somebody, firstName: 'Ana' },
    before: 1,
  },
  {
    name: 'create_or_update_contact, 70 fields: second request of the create',
    place: 'creates.create_or_update_contact',
    inputData: { ...nobody, custom_fields: manyFields },
    before: 2,
    tells: /^The contact was created with the ID "\w+", but only the first 30 of its 71 fields/,
  },
  {
    name: 'add_tags, 25 tags: second request',
    place: 'creates.add_tags',
    inputData: { contact_id, tags: manyTags },
    before: 1,
    tells: /^Only the first 10 of 25 tags are certain to have been added/,
  },
  {
    name: 'remove_tags, 25 tags: second request',
    place: 'creates.remove_tags',
    inputData: { contact_id, tags: manyTags },
    before: 1,
    tells: /^Only the first 10 of 25 tags are certain to have been removed/,
  },
  {
    name: 'remove_tags: list of tags',
    place: 'creates.remove_tags.operation.inputFields.1.choices.perform',
    inputData: { contact_id },
  },
  {
    name: 'api_request: POST',
    place: 'creates.api_request',
    inputData: { method: 'POST', path: `/contact/${contact_id}/tags`, body: '{"tags":["VIP"]}' },
    unrepeatable: true,
  },
  {
    name: 'api_request: PUT',
    place: 'creates.api_request',
    inputData: {
      method: 'PUT',
      path: `/contact/${contact_id}`,
      body: '{"custom_fields":[{"name":"firstName","value":"Ana"}]}',
    },
  },
  {
    name: 'api_request: DELETE',
    place: 'creates.api_request',
    inputData: { method: 'DELETE', path: `/contact/${contact_id}/tags`, body: '{"tags":["VIP"]}' },
  },
];

let runs = 0;

/** The scenario with a value of its own to look for, so that what an earlier run left behind is not found. */
export function fresh(scenario: Scenario): Scenario {
  const { inputData } = scenario;
  runs += 1;
  return inputData.match_value === nobody.match_value
    ? { ...scenario, inputData: { ...inputData, match_value: `nobody.${runs}@example.com` } }
    : scenario;
}
