import { bodyOf, withTag } from './contact-parts.ts';

const fields = { firstName: 'Ana', plan: 'Gold' };

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: {
    match_field: 'customerid',
    match_value: 'nobody',
    firstName: 'Ana',
    custom_fields: { plan: 'Gold' },
  },
  requests: [
    { request: 'GET /contact/by_custom_field?name={match_field}&value={match_value}' },
    { request: 'POST /contact/', body: bodyOf({ customerid: 'nobody', ...fields }) },
  ],
  unrepeatable: true,
  variants: {
    update: {
      inputData: { match_value: '1' },
      lastRequest: 'PUT /contact/{id}',
      lastBody: bodyOf(fields),
    },
    tags: withTag('{id}'),
  },
};
