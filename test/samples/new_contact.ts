/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { field_name: 'customerid', field_values: ['1'] },
  requests: [{ request: 'GET /contact/by_custom_field?name={field_name}&value={field_values}' }],
};
