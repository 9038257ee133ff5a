// What the samples of Create, Update and Create or Update Contact share.

/** Returns the body that writes these fields. */
export const bodyOf = (fields: object) => ({
  custom_fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

/** The variant of a sample run that also adds a tag. `id` is the placeholder for the contact's ID in the path. */
export const withTag = (id: '{id}' | '{contact_id}') => ({
  inputData: { tags: ['VIP'] },
  furtherRequests: [{ request: `POST /contact/${id}/tags`, body: { tags: ['VIP'] } }],
});
