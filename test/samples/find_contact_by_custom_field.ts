/** What the parts mean: tools/zapier/sample-runs.ts. */
export const sampleRun = {
  inputData: { field_name: 'customerid', field_value: '1' },
  requests: [{ request: 'GET /contact/by_custom_field?name={field_name}&value={field_value}' }],
  mostRequests: 8,
  findsNothing: { field_name: 'customerid', field_value: 'nobody' },
};
