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
