import { bodyOf, withTag } from './contact-parts.ts';

const standardFields = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  phone: '+523312345000',
  email: 'ana@example.com',
  language: 'es',
  profilePic: 'https://example.com/ana.jpg',
};
const custom_fields = { plan: 'Gold' };

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { ...standardFields, custom_fields },
  requests: [{ request: 'POST /contact/', body: bodyOf({ ...standardFields, ...custom_fields }) }],
  unrepeatable: true,
  variants: { tags: withTag('{id}') },
};
