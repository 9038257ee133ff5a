import * as schema from 'zod';

const text = schema.string().default('');
const flag = schema.boolean().default(false);
const performSchema = schema.object({ perform: schema.custom((perform) => typeof perform === 'function') });

const choicesSchema = schema.union([
  schema.array(schema.string()).transform((values) => values.map((value) => ({ value, label: value }))),
  schema
    .record(schema.string(), schema.string())
    .transform((labels) => Object.entries(labels).map(([value, label]) => ({ value, label }))),
  performSchema.transform(() => 'fetched' as const),
]);

/** One column of a field's rows. */
const columnSchema = schema.object({ key: schema.string(), label: schema.string(), helpText: text });
export type Column = schema.infer<typeof columnSchema>;

const fieldSchema = schema.object({
  key: schema.string(),
  label: schema.string().optional(),
  type: schema.string().default('string'),
  /** The key of its group in the form. */
  group: schema.string().optional(),
  helpText: text,
  placeholder: text,
  default: text,
  required: flag,
  list: flag,
  dict: flag,
  /** Makes the field a list of line items. */
  children: schema.array(columnSchema).default([]),
  altersDynamicFields: flag,
  dependsOn: schema.array(schema.string()).default([]),
  /** The dropdown's choices; `fetched` if a function of the integration asks the API for them. */
  choices: choicesSchema.optional(),
});

/** A field of a form, as the integration defines it. */
export type Field = schema.infer<typeof fieldSchema>;

/** Reads the fields of a definition. Throws if the console cannot show one of them. */
export function readFields(definition: unknown): Field[] {
  return schema.array(fieldSchema).parse(definition);
}

/** Returns a field's label, or its key if it has none. */
export function labelOf({ key, label }: Field): string {
  return label ?? key;
}

/** Returns inputs as a form shows them, by label: a choice by its label, and several boxes separated by commas. */
export function shownInputs(fields: Field[], inputData: Readonly<Record<string, unknown>>) {
  const shown = fields.map((field) => {
    const texts = [inputData[field.key] ?? []].flat().map(String).filter(Boolean);
    const choices = Array.isArray(field.choices) ? field.choices : [];
    const labels = texts.map((text) => choices.find(({ value }) => value === text)?.label ?? text);
    return [labelOf(field), labels.join(', ')] as const;
  });
  return Object.fromEntries(shown.filter(([, text]) => text !== ''));
}

const fetchedSchema = schema.object({
  results: schema.array(schema.object({ id: schema.coerce.string(), label: schema.string() })),
});

/** Reads the choices that a dropdown fetched. */
export function readFetchedChoices(fetched: unknown): { value: string; label: string }[] {
  return fetchedSchema.parse(fetched).results.map(({ id, label }) => ({ value: id, label }));
}
