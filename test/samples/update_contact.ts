/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', firstName: 'Ana', custom_fields: { plan: 'Gold' } },
  requests: [
    {
      request: 'PUT /contact/{contact_id}',
      body: {
        custom_fields: [
          { name: 'firstName', value: 'Ana' },
          { name: 'plan', value: 'Gold' },
        ],
      },
    },
  ],
  variants: {
    tags: {
      inputData: { tags: ['VIP'] },
      furtherRequests: [{ request: 'POST /contact/{contact_id}/tags', body: { tags: ['VIP'] } }],
    },
  },
  more: [
    { input: 'custom_fields', size: 30, requests: ['PUT /contact/{contact_id}'] },
    { input: 'tags', size: 10, requests: ['POST /contact/{contact_id}/tags'] },
  ],
};
