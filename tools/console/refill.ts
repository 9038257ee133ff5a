import type { Context } from 'hono';
import type { Step } from './definition.ts';
import type { Draft } from './form.ts';
import type { ConsoleState } from './state.ts';
import { fieldsFor } from './step-input.ts';
import { type Focus, fieldList } from './views/field.ts';

/** Answers with the fields of a form, filled in with other values than those that it sent. */
export async function refill(
  state: ConsoleState,
  c: Context,
  step: Step,
  draft: Draft,
  focus?: Focus,
): Promise<Response> {
  const kept = state.drafts.save(step.place, draft);
  return c.html(fieldList(step, await fieldsFor(state, step, kept), kept, focus));
}
