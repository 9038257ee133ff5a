/** What the parts mean: tools/zapier/sample-runs.ts. */
export const sampleRun = {
  inputData: { field_name: 'customerid', field_value: '1', limit: '100' },
  requests: [{ request: 'GET /contact/by_custom_field?name={field_name}&value={field_value}' }],
  variants: {
    'two pages': {
      inputData: { field_name: 'subscribed', field_value: 'TRUE', limit: '20' },
      furtherRequests: [
        { request: 'GET /contact/by_custom_field?name={field_name}&value={field_value}&page={page}' },
      ],
    },
  },
  // As many as 500 contacts have pages, after a phone was looked up.
  mostRequests: 57,
  findsNothing: { field_name: 'customerid', field_value: 'nobody' },
};
