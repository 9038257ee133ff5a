/** Returns the body that writes these fields. */
export const bodyOf = (fields: object) => ({
  custom_fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

/** The variant with a tag beside the fields of a contact. `id` names the contact in the path. */
export const withTag = (id: '{id}' | '{contact_id}') => ({
  inputData: { tags: ['VIP'] },
  furtherRequests: [{ request: `POST /contact/${id}/tags`, body: { tags: ['VIP'] } }],
});
