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
    {
      request: 'POST /contact/',
      body: {
        custom_fields: [
          { name: 'customerid', value: 'nobody' },
          { name: 'firstName', value: 'Ana' },
          { name: 'plan', value: 'Gold' },
        ],
      },
    },
  ],
  unrepeatable: true,
  variants: {
    update: {
      inputData: { match_value: '1' },
      lastRequest: 'PUT /contact/{id}',
      lastBody: {
        custom_fields: [
          { name: 'firstName', value: 'Ana' },
          { name: 'plan', value: 'Gold' },
        ],
      },
    },
    tags: {
      inputData: { tags: ['VIP'] },
      furtherRequests: [{ request: 'POST /contact/{id}/tags', body: { tags: ['VIP'] } }],
    },
  },
  mostRequests: 9,
  more: [
    { input: 'custom_fields', size: 30, requests: ['PUT /contact/{id}'] },
    { input: 'tags', size: 10, requests: ['POST /contact/{id}/tags'] },
  ],
};
