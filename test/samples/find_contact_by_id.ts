/** What the parts mean: tools/zapier/sample-runs.ts. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910' },
  requests: [{ request: 'GET /contact/{contact_id}' }],
};
