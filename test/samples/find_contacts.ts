const request = 'GET /contact/by_custom_field?name={field_name}&value={field_value}';

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { field_name: 'customerid', field_value: '1', limit: '100' },
  requests: [{ request }],
  variants: {
    'two pages': {
      inputData: { field_name: 'subscribed', field_value: 'TRUE', limit: '20' },
      furtherRequests: [{ request: `${request}&page={page}` }],
    },
  },
  findsNothing: { field_name: 'customerid', field_value: 'nobody' },
};
