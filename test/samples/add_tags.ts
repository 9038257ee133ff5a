/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', tags: ['VIP'] },
  requests: [{ request: 'POST /contact/{contact_id}/tags', body: { tags: ['VIP'] } }],
};
