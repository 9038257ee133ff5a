/** Returns the body that writes these fields. */
export const bodyOf = (fields: object) => ({
  custom_fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

/** The variant with a tag beside the fields of a contact. `id` names the contact in the path. */
export const withTag = (id: '{id}' | '{contact_id}') => ({
  inputData: { tags: ['VIP'] },
  furtherRequests: [{ request: `POST /contact/${id}/tags`, body: { tags: ['VIP'] } }],
});

/** The further requests of a contact with more fields or tags than one request takes. */
export const moreFieldsAndTags = [
  { input: 'custom_fields', size: 30, requests: ['PUT /contact/{id}'] },
  { input: 'tags', size: 10, requests: ['POST /contact/{id}/tags'] },
];
