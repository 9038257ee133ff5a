import { bodyOf, withTag } from './contact-parts.ts';

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', firstName: 'Ana', custom_fields: { plan: 'Gold' } },
  requests: [{ request: 'PUT /contact/{contact_id}', body: bodyOf({ firstName: 'Ana', plan: 'Gold' }) }],
  variants: { tags: withTag('{contact_id}') },
};
