/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: {
    firstName: 'Ana',
    lastName: 'Ruiz',
    phone: '+523312345000',
    email: 'ana@example.com',
    language: 'es',
    profilePic: 'https://example.com/ana.jpg',
    custom_fields: { plan: 'Gold' },
  },
  requests: [
    {
      request: 'POST /contact/',
      body: {
        custom_fields: [
          { name: 'firstName', value: 'Ana' },
          { name: 'lastName', value: 'Ruiz' },
          { name: 'phone', value: '+523312345000' },
          { name: 'email', value: 'ana@example.com' },
          { name: 'language', value: 'es' },
          { name: 'profilePic', value: 'https://example.com/ana.jpg' },
          { name: 'plan', value: 'Gold' },
        ],
      },
    },
  ],
  unrepeatable: true,
  variants: {
    tags: {
      inputData: { tags: ['VIP'] },
      furtherRequests: [{ request: 'POST /contact/{id}/tags', body: { tags: ['VIP'] } }],
    },
  },
  more: [
    { input: 'custom_fields', size: 30, requests: ['PUT /contact/{id}'] },
    { input: 'tags', size: 10, requests: ['POST /contact/{id}/tags'] },
  ],
};
