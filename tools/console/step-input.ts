import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Step } from './definition.ts';
import type { Field } from './fields.ts';
import { type Draft, parseForm } from './form.ts';
import type { ConsoleState } from './state.ts';

/** Reads the values that a form sent. */
export async function draftIn(c: Context): Promise<Draft> {
  return new URLSearchParams(await c.req.text());
}

/** Returns the step at a place of the definition. Answers 404 if there is none. */
export function stepAt(state: ConsoleState, given: string | null | undefined): Step {
  const step = state.definition.steps.find(({ place }) => place === given);
  if (!step) throw new HTTPException(404, { message: 'The integration has no such step.' });
  return step;
}

/** Returns a step, its fields and its form's values, and keeps these values. */
export async function readStep(state: ConsoleState, c: Context) {
  const step = stepAt(state, c.req.param('place'));
  const draft = state.drafts.save(step.place, await draftIn(c));
  const fields = await fieldsFor(state, step, draft);
  return { step, draft, fields, inputData: parseForm(fields, draft) };
}

/** Returns a form's fields for these values. It repeats, because a field that a choice shows can have choices itself. */
export async function fieldsFor(state: ConsoleState, step: Step, draft: Draft): Promise<Field[]> {
  const keysOf = (fields: Field[]) => fields.map(({ key }) => key).join();
  let fields = await state.fieldsOf(step, {});
  for (let before = ''; before !== keysOf(fields); ) {
    before = keysOf(fields);
    fields = await state.fieldsOf(step, parseForm(fields, draft));
  }
  return fields;
}
