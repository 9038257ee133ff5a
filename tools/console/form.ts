import type { Field } from './fields.ts';

/** What a form holds, as a browser sends it: every row of a list under one name. */
export type Draft = URLSearchParams;

/** The value of a dropdown after "Another value…" was chosen and before one is typed. */
export const otherValue = 'Another value…';

/** The names under which a form sends the rows of a dictionary. */
export function pairNames({ key }: Field): { name: string; value: string } {
  return { name: `${key}.name`, value: `${key}.value` };
}

/** The rows of a dictionary, empty ones included. */
export function pairsOf(field: Field, draft: Draft): [name: string, value: string][] {
  const { name, value } = pairNames(field);
  const values = draft.getAll(value);
  return draft.getAll(name).map((typed, row) => [typed, values[row] ?? '']);
}

function readField(field: Field, draft: Draft): unknown {
  if (field.dict) {
    const pairs = pairsOf(field, draft).filter(([name, value]) => name !== '' || value !== '');
    return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
  }
  const typed = draft.getAll(field.key).filter((value) => value !== otherValue);
  if (typed.every((value) => value === '')) {
    return undefined;
  }
  if (field.list) {
    return typed;
  }
  return field.type === 'boolean' ? typed[0] === 'true' : typed[0];
}

/** The inputData that Zapier gives to a step with this form; fields that were left empty are missing. */
export function readForm(fields: Field[], draft: Draft): Record<string, unknown> {
  const inputs = fields.map((field) => [field.key, readField(field, draft)] as const);
  return Object.fromEntries(inputs.filter(([, input]) => input !== undefined));
}

/** A form in which these inputs are filled in. */
export function draftOf(inputs: Record<string, string | string[] | Record<string, string>>): Draft {
  const draft = new URLSearchParams();
  for (const [key, input] of Object.entries(inputs)) {
    if (typeof input === 'object' && !Array.isArray(input)) {
      for (const [name, value] of Object.entries(input)) {
        draft.append(`${key}.name`, name);
        draft.append(`${key}.value`, value);
      }
    } else {
      for (const value of [input].flat()) {
        draft.append(key, value);
      }
    }
  }
  return draft;
}

/** How many rows a list or dictionary shows, at least one. */
export function rowCount(field: Field, draft: Draft): number {
  return Math.max(draft.getAll(field.dict ? pairNames(field).name : field.key).length, 1);
}

/** The form with one more empty row in a list or dictionary. */
export function withRow(field: Field, draft: Draft): Draft {
  const longer = new URLSearchParams(draft);
  const names = field.dict ? Object.values(pairNames(field)) : [field.key];
  for (const name of names) {
    // The first row is shown even where the form holds none.
    if (!longer.has(name)) longer.append(name, '');
    longer.append(name, '');
  }
  return longer;
}

/** The form without one row of a list or dictionary. */
export function withoutRow(field: Field, row: number, draft: Draft): Draft {
  const shorter = new URLSearchParams(draft);
  const names = field.dict ? Object.values(pairNames(field)) : [field.key];
  for (const name of names) {
    shorter.delete(name);
    for (const value of draft.getAll(name).toSpliced(row, 1)) {
      shorter.append(name, value);
    }
  }
  return shorter;
}

/** Whether one form holds something typed that another one would replace: defaults and equal values do not count. */
export function isReplaced(fields: Field[], typed: Draft, by: Draft): boolean {
  return fields.some((field) => {
    const names = field.dict ? Object.values(pairNames(field)) : [field.key];
    const filled = (draft: Draft) => names.map((name) => draft.getAll(name).filter(Boolean));
    const before = filled(typed);
    const isEmpty = before.flat().length === 0 || before.flat().join() === field.default;
    return !isEmpty && JSON.stringify(before) !== JSON.stringify(filled(by));
  });
}
