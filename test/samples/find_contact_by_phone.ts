/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { phone: '123123' },
  requests: [{ request: 'GET /contact/by_custom_field?name=phone&value={spelling}' }],
  findsNothing: { phone: '+60199999999' },
};
