/** What the parts mean: tools/zapier/sample-runs.ts. */
export const sampleRun = {
  inputData: { phone: '123123' },
  requests: [{ request: 'GET /contact/by_custom_field?name=phone&value={spelling}' }],
  mostRequests: 8,
  findsNothing: { phone: '+60199999999' },
};
