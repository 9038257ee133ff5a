import * as schema from 'zod';
import type { Column, Field } from './fields.ts';

/** A form's values as a browser sends them: all rows of a list have one name. */
export type Draft = URLSearchParams;

/** The value of a dropdown after "Another value…" was chosen and before a value is typed. */
export const otherValue = 'Another value…';

const dictColumns: Column[] = [
  { key: 'name', label: 'Name', helpText: '' },
  { key: 'value', label: 'Value', helpText: '' },
];

/** Returns the columns of a dictionary or of line items; none for any other field. */
export function columnsOf({ dict, children }: Field): Column[] {
  return dict ? dictColumns : children;
}

/** Returns the names under which a form sends a field: its key, or one name for each column. */
function namesOf(field: Field): string[] {
  const columns = columnsOf(field);
  return columns.length === 0 ? [field.key] : columns.map(({ key }) => `${field.key}.${key}`);
}

/** Returns the rows of a field with columns, empty ones included. */
export function rowsOf(field: Field, draft: Draft): string[][] {
  const columns = namesOf(field).map((name) => draft.getAll(name));
  return Array.from({ length: rowCount(field, draft) }, (_, row) =>
    columns.map((values) => values[row] ?? ''),
  );
}

function parseRows(field: Field, draft: Draft): unknown {
  const rows = rowsOf(field, draft).filter((row) => row.some((value) => value !== ''));
  if (rows.length === 0) return undefined;
  if (field.dict) return Object.fromEntries(rows);
  const items = rows.map((row) =>
    columnsOf(field).map(({ key }, column) => [key, row[column] ?? ''] as const),
  );
  return items.map((item) => Object.fromEntries(item.filter(([, value]) => value !== '')));
}

function parseField(field: Field, draft: Draft): unknown {
  if (columnsOf(field).length > 0) return parseRows(field, draft);
  const typed = draft.getAll(field.key).filter((value) => value !== otherValue);
  if (typed.every((value) => value === '')) return undefined;
  if (field.list) return typed;
  return field.type === 'boolean' ? typed[0] === 'true' : typed[0];
}

/** Returns the inputData that a step receives from Zapier for this form. Empty fields are missing. */
export function parseForm(fields: Field[], draft: Draft): Record<string, unknown> {
  const inputs = fields.map((field) => [field.key, parseField(field, draft)] as const);
  return Object.fromEntries(inputs.filter(([, input]) => input !== undefined));
}

const cellsSchema = schema.record(schema.string(), schema.string());
type Cells = schema.infer<typeof cellsSchema>;

const texts = schema.array(schema.string());
const inputsSchema = schema.record(
  schema.string(),
  schema.union([schema.string(), texts, cellsSchema, schema.array(cellsSchema)]),
);

/** The inputs that a form can hold. Throws for any other. */
export function readInputs(inputData: unknown) {
  return inputsSchema.parse(inputData);
}

/** Returns a form with these inputs filled in: texts, lists, dictionaries and line items. */
export function draftOf(inputs: schema.infer<typeof inputsSchema>): Draft {
  const draft = new URLSearchParams();
  for (const [key, input] of Object.entries(inputs)) {
    if (Array.isArray(input)) {
      for (const item of input) appendItem(draft, key, item);
    } else if (typeof input === 'object') {
      for (const [name, value] of Object.entries(input)) appendItem(draft, key, { name, value });
    } else {
      draft.append(key, input);
    }
  }
  return draft;
}

function appendItem(draft: Draft, key: string, item: string | Cells): void {
  if (typeof item === 'string') draft.append(key, item);
  else for (const [column, value] of Object.entries(item)) draft.append(`${key}.${column}`, value);
}

/** Returns how many rows a list, a dictionary or line items show: at least one. */
export function rowCount(field: Field, draft: Draft): number {
  return Math.max(1, ...namesOf(field).map((name) => draft.getAll(name).length));
}

/** Returns the form with one more empty row. */
export function withRow(field: Field, draft: Draft): Draft {
  const longer = new URLSearchParams(draft);
  for (const name of namesOf(field)) {
    // The first row is shown even if the form holds none.
    if (!longer.has(name)) longer.append(name, '');
    longer.append(name, '');
  }
  return longer;
}

/** Returns the form without one row. */
export function withoutRow(field: Field, row: number, draft: Draft): Draft {
  const shorter = new URLSearchParams(draft);
  for (const name of namesOf(field)) {
    shorter.delete(name);
    for (const value of draft.getAll(name).toSpliced(row, 1)) {
      shorter.append(name, value);
    }
  }
  return shorter;
}

/** Returns the form with the example's values in all fields that are empty. */
export function withExample(typed: Draft, example: Draft): Draft {
  const filled = new Set([...typed].filter(([, value]) => value !== '').map(([name]) => name));
  return new URLSearchParams([...example].filter(([name]) => !filled.has(name)));
}
