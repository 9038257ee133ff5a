import fc from 'fast-check';
import type { WitnessedRequest } from '../../support/witness.ts';
import { cursedTexts, input, text } from './arbitraries.ts';
import { messages } from './messages.ts';
import {
  contact_id,
  type HostileOperation,
  type Inputs,
  isFilled,
  mostly,
  query,
  segment,
  typed,
} from './operation.ts';

const standardKeys = ['firstName', 'lastName', 'phone', 'email', 'language', 'profilePic'];
const fields = {
  ...Object.fromEntries(standardKeys.map((key) => [key, fc.option(text, { nil: undefined })])),
  firstName: input('text'),
  custom_fields: input('pairs'),
};

function fieldArrivals(inputs: Inputs, requests: WitnessedRequest[]): [unknown, unknown][] {
  const sent = requests.flatMap(({ body }) => (body ? JSON.parse(body).custom_fields : []));
  const custom = Object.entries(Object(inputs.custom_fields)).filter(
    ([name]) => !standardKeys.includes(name),
  );
  return [...standardKeys.map((key) => [key, inputs[key]] as const), ...custom]
    .filter(([, value]) => isFilled(value))
    .map(([name, value]) => [value, sent.find((field: { name: string }) => field.name === name)?.value]);
}

const tags = (method: string, place: string): HostileOperation => ({
  place,
  inputs: fc.record({ contact_id, tags: input('list') }),
  requests: [`${method} /api/v1/contact/{…}/tags`],
  arrivals: (inputs, requests) => [
    [typed(inputs.contact_id).trim(), segment(requests, 4)],
    [
      new Set(
        [inputs.tags]
          .flat()
          .filter(isFilled)
          .map((tag) => typed(tag).trim())
          .filter(Boolean),
      ),
      new Set(requests.flatMap(({ body }) => JSON.parse(body).tags)),
    ],
  ],
});

/** Every operation. */
export const operations: HostileOperation[] = [
  {
    place: 'triggers.new_contact',
    inputs: fc.record({
      field_name: input('text'),
      field_values: fc.oneof(fc.array(text, { maxLength: 3 }), input('text')),
    }),
    requests: ['GET /api/v1/contact/by_custom_field?'],
    runs: 400,
    arrivals: ({ field_name }, requests) => [[typed(field_name).trim(), query(requests, 'name')]],
  },
  {
    place: 'searches.find_contact_by_id',
    inputs: fc.record({ contact_id }),
    requests: ['GET /api/v1/contact/{…}'],
    arrivals: ({ contact_id }, requests) => [[typed(contact_id).trim(), segment(requests, 4)]],
  },
  {
    place: 'searches.find_contact_by_custom_field',
    inputs: fc.record({ field_name: input('text'), field_value: input('text') }),
    requests: ['GET /api/v1/contact/by_custom_field?'],
    arrivals: ({ field_name, field_value }, requests) => [
      [typed(field_name).trim(), query(requests, 'name')],
      [typed(field_value), query(requests, 'value')],
    ],
  },
  {
    place: 'searches.find_contacts',
    inputs: fc.record({
      field_name: input('text'),
      field_value: input('text'),
      limit: mostly([undefined, '', 1, '500']),
    }),
    requests: ['GET /api/v1/contact/by_custom_field?'],
    runs: 400,
    arrivals: ({ field_name, field_value }, requests) => [
      [typed(field_name).trim(), query(requests, 'name')],
      [typed(field_value), query(requests, 'value')],
    ],
  },
  {
    place: 'creates.create_contact',
    inputs: fc.record(fields),
    requests: ['POST /api/v1/contact/', 'PUT /api/v1/contact/{…}'],
    arrivals: fieldArrivals,
  },
  {
    place: 'creates.create_contact',
    meta: { withSearch: 'find_contact_by_custom_field' },
    inputs: fc.record({ ...fields, field_name: text, field_value: text }),
    requests: ['POST /api/v1/contact/', 'PUT /api/v1/contact/{…}', 'GET /api/v1/contact/{…}'],
    arrivals: fieldArrivals,
  },
  {
    place: 'creates.update_contact',
    inputs: fc.record({ ...fields, contact_id, clear_fields: input('list') }),
    requests: ['PUT /api/v1/contact/{…}'],
    arrivals: (inputs, requests) => [
      [typed(inputs.contact_id).trim(), segment(requests, 4)],
      ...fieldArrivals(inputs, requests),
    ],
  },
  {
    place: 'creates.create_or_update_contact',
    inputs: fc.record({ ...fields, match_field: text, match_value: input('text') }),
    requests: ['GET /api/v1/contact/by_custom_field?', 'PUT /api/v1/contact/{…}'],
    arrivals: (inputs, requests) => [
      [typed(inputs.match_field).trim(), query(requests, 'name')],
      [typed(inputs.match_value), query(requests, 'value')],
      ...fieldArrivals(inputs, requests),
    ],
  },
  tags('POST', 'creates.add_tags'),
  tags('DELETE', 'creates.remove_tags'),
  ...messages,
  {
    place: 'creates.api_request',
    inputs: fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
      path: fc.oneof(
        input('text'),
        fc
          .array(fc.constantFrom(...cursedTexts, 'contact'), { maxLength: 4 })
          .map((parts) => parts.join('/')),
        text.map((end) => `/contact/${encodeURIComponent(end.toWellFormed())}`),
      ),
      query: input('pairs'),
      body: fc.oneof(fc.constant(''), fc.json(), input('text')),
    }),
    // Whatever is typed stays below /api/v1.
    requests: ['', 'POST ', 'PUT ', 'DELETE '].map((method) => `${method || 'GET '}/api/v1/`),
    arrivals: (inputs, requests) => [
      [
        typed(inputs.body).trim() === '' || !isFilled(inputs.body) ? '' : typed(inputs.body),
        requests[0]?.body,
      ],
    ],
  },
];
