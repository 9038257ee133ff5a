/** A custom field's value. Answers hold mostly text; real booleans and nulls occur. */
export type FieldValue = string | number | boolean | null;
export type Fields = Readonly<Record<string, FieldValue>>;

/** A contact as the API answers it. `created_at` is in Unix seconds. */
export interface Contact {
  readonly id: string;
  readonly custom_fields: Fields;
  readonly tags: readonly string[];
  readonly created_at: number;
}

/**
 * The text a value is compared by: itself, save that booleans ignore case (TRUE and true are both documented).
 * Null and a missing field have none, so no search finds them.
 */
export function matchText(value: FieldValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value);
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}

/** The text of one field of a contact; see {@link matchText}. */
export function fieldText(contact: Contact, field: string): string | undefined {
  return Object.hasOwn(contact.custom_fields, field) ? matchText(contact.custom_fields[field]) : undefined;
}
