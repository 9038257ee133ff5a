import { type Context, Hono } from 'hono';
import type { Step } from './definition.ts';
import { exampleOf } from './examples.ts';
import { type Draft, rowCount, withExample, withoutRow, withRow } from './form.ts';
import type { ConsoleState } from './state.ts';
import { draftIn, fieldsFor, readStep, stepAt } from './step-input.ts';
import { type Focus, fetchedChoices, fieldList, missingChoices } from './views/field.ts';

/** Keeps a form's current values and redraws its fields. */
async function refill(
  state: ConsoleState,
  c: Context,
  step: Step,
  draft: Draft,
  focus?: Focus,
): Promise<Response> {
  const kept = state.drafts.save(step.place, draft);
  return c.html(fieldList(step, await fieldsFor(state, step, kept), kept, focus));
}

/** Redraws the fields with their current values. `add` and `drop` name a row to add or remove. */
async function redraw(state: ConsoleState, c: Context): Promise<Response> {
  const { step, draft, fields } = await readStep(state, c);
  const { add, drop, focus } = c.req.query();
  const row = Number(c.req.query('row'));
  const field = fields.find(({ key }) => key === (add ?? drop));
  if (!field) {
    return c.html(fieldList(step, fields, draft, focus === undefined ? undefined : { key: focus, row }));
  }
  const { key } = field;
  const rows = rowCount(field, draft);
  return add
    ? refill(state, c, step, withRow(field, draft), { key, row: rows })
    : refill(state, c, step, withoutRow(field, row, draft), { key, row: Math.min(row, rows - 2) });
}

/** Routes that fill in a form: typed values, rows, examples and choices. */
export function formRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.post('/drafts/:place', async (c) => {
    state.drafts.save(c.req.param('place'), await draftIn(c));
    return c.body(null, 204);
  });

  routes.post('/steps/:place/fields', (c) => redraw(state, c));

  routes.post('/steps/:place/clear', async (c) => {
    const step = stepAt(state, c.req.param('place'));
    state.drafts.clear(step.place);
    return refill(state, c, step, new URLSearchParams());
  });

  routes.post('/steps/:place/example', async (c) => {
    const { step, draft } = await readStep(state, c);
    const { store } = state.sandbox;
    const contact = store.get(draft.get('open') ?? '') ?? store.list({ limit: 1 })[0];
    const picture = new URL('/picture.svg', c.req.url).href;
    return refill(state, c, step, withExample(draft, exampleOf(step.place, draft, contact, picture)));
  });

  // The button belongs to the open contact, which does not know the step, so the form sends the step's place.
  routes.post('/contact-id', async (c) => {
    const draft = await draftIn(c);
    draft.set('contact_id', draft.get('open') ?? '');
    return refill(state, c, stepAt(state, draft.get('step')), draft, { key: 'contact_id', row: 0 });
  });

  routes.post('/steps/:place/choices/:key', async (c) => {
    const { step, fields, inputData } = await readStep(state, c);
    const field = fields.find(({ key }) => key === c.req.param('key'));
    if (!field) return c.notFound();
    const missing = fields.filter(({ key }) => field.dependsOn.includes(key) && inputData[key] === undefined);
    if (missing.length > 0) return c.html(missingChoices(field, missing));
    const { choices, report } = await state.fetchChoices(step, field.key, inputData);
    return c.html(fetchedChoices(field, fields, choices, report));
  });

  return routes;
}
