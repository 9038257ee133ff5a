import * as schema from 'zod';
import type { Contact, Fields, Store } from '../sandbox/store.ts';
import { sampleFields } from './sample-contacts.ts';

/** The inputs that choose which contacts a trigger watches. */
const watchedSchema = schema.object({
  field_name: schema.string(),
  field_values: schema.tuple([schema.string()], schema.string()),
  watched_fields: schema.array(schema.string()).default([]),
});

/** Returns an invented contact's fields that a trigger with these inputs finds. The same number returns the same person. */
export function watchedFields(inputData: unknown, number: number): Fields {
  const watched = watchedSchema.safeParse(inputData).data;
  if (!watched) return sampleFields(number);
  const { field_name, field_values } = watched;
  return { ...sampleFields(number), [field_name]: field_values[number % field_values.length] ?? null };
}

/**
 * Changes a contact so that Updated Contact with these inputs finds it: the first watched field of a contact that has the
 * watched value or, if no other field is watched, that value of a contact that lacks it. Takes the preferred contact if
 * it is such a contact, otherwise the newest one. Returns its ID; undefined if there is none.
 */
export function changeContact(store: Store, inputData: unknown, preferred: string): string | undefined {
  const watched = watchedSchema.safeParse(inputData).data;
  if (!watched) return undefined;
  const { field_name, field_values, watched_fields } = watched;
  const hasValue = ({ custom_fields }: Contact) =>
    field_values.some((value) => value.toLowerCase() === String(custom_fields[field_name]).toLowerCase());
  const field = watched_fields.find((name) => name !== field_name);
  const having = field_values.flatMap(
    (value) => store.page({ field: field_name, value, order: 'newest_first' }, 1).contacts,
  );
  const candidates = [store.get(preferred) ?? [], having, store.list()].flat();
  // If no other field is watched, a contact is found only when it gets the value.
  const contact =
    field === undefined
      ? candidates.find((contact) => !hasValue(contact))
      : (candidates.find(hasValue) ?? candidates[0]);
  if (!contact) return undefined;
  const { id } = contact;
  const change = new Date().toISOString();
  if (field === 'tags') store.addTags(id, [change]);
  else if (field !== undefined) store.update(id, { [field]: change });
  if (!hasValue(contact)) store.update(id, { [field_name]: field_values[0] });
  return id;
}
