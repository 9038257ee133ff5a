import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import type { Step } from './definition.ts';
import { exampleOf } from './examples.ts';
import type { Field } from './fields.ts';
import { type Draft, isReplaced, parseForm, rowCount, withoutRow, withRow } from './form.ts';
import { failureOf } from './run-queue.ts';
import type { ConsoleState } from './state.ts';
import { connectionName } from './views/connection.ts';
import { conversationUpdate } from './views/conversation.ts';
import { type Focus, fetchedChoices, fieldList, overwriteQuestion } from './views/field.ts';
import { reportPanel } from './views/report.ts';

/** What a form sent. */
export async function draftIn(c: Context): Promise<Draft> {
  return new URLSearchParams(await c.req.text());
}

/** The step at a place of the definition. Answers 404 where there is none. */
function stepAt(state: ConsoleState, given: string | null | undefined): Step {
  const step = state.definition.steps.find(({ place }) => place === given);
  if (!step) throw new HTTPException(404, { message: 'The integration has no such step.' });
  return step;
}

/** A step, its fields and what its form holds, which is kept from now on. */
export async function readStep(state: ConsoleState, c: Context) {
  const step = stepAt(state, c.req.param('place'));
  const draft = state.drafts.save(step.place, await draftIn(c));
  const fields = await fieldsFor(state, step, draft);
  return { step, draft, fields, inputData: parseForm(fields, draft) };
}

/** The fields that a form has when it is filled in like this; a field that one choice shows can have choices itself. */
export async function fieldsFor(state: ConsoleState, step: Step, draft: Draft): Promise<Field[]> {
  const keysOf = (fields: Field[]) => fields.map(({ key }) => key).join();
  let fields = await state.fieldsOf(step, {});
  for (let before = ''; before !== keysOf(fields); ) {
    before = keysOf(fields);
    fields = await state.fieldsOf(step, parseForm(fields, draft));
  }
  return fields;
}

/** Answers with the fields of a form, filled in with other values than those that it sent. */
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

/** The contact that a run was about: the one in its form, or the one in its result. */
function contactOf(inputData: Record<string, unknown>, result: unknown): string | undefined {
  const [first] = [result].flat();
  const id = inputData.contact_id ?? Reflect.get(Object(first), 'id');
  return typeof id === 'string' ? id : undefined;
}

/** The requests that the forms of steps and of the connection make. */
export function stepRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.post('/drafts/:place', async (c) => {
    state.drafts.save(c.req.param('place'), await draftIn(c));
    return c.body(null, 204);
  });

  routes.post('/steps/:place/fields', async (c) => {
    const { step, draft, fields } = await readStep(state, c);
    const { add, drop, focus } = c.req.query();
    const row = Number(c.req.query('row'));
    const field = fields.find(({ key }) => key === (add ?? drop));
    if (!field)
      return c.html(fieldList(step, fields, draft, focus === undefined ? focus : { key: focus, row }));
    const before = rowCount(field, draft);
    if (add) return refill(state, c, step, withRow(field, draft), { key: field.key, row: before });
    const next = Math.min(row, before - 2);
    return refill(state, c, step, withoutRow(field, row, draft), { key: field.key, row: next });
  });

  routes.post('/steps/:place/clear', async (c) => {
    const step = stepAt(state, c.req.param('place'));
    state.drafts.clear(step.place);
    return refill(state, c, step, new URLSearchParams());
  });

  routes.post('/steps/:place/example', async (c) => {
    const { step, draft, fields } = await readStep(state, c);
    const { store } = state.sandbox;
    const contact = store.get(draft.get('open') ?? '') ?? store.list({ limit: 1 })[0];
    const picture = new URL('/picture.svg', c.req.url).href;
    const example = exampleOf(step.place, draft, contact, picture);
    if (!c.req.query('replace') && isReplaced(fields, draft, example)) {
      return c.html(html`${fieldList(step, fields, draft)}${overwriteQuestion(step)}`);
    }
    state.drafts.clear(step.place);
    return refill(state, c, step, example);
  });

  // The button stands beside the open contact, which does not know the step: the form names it.
  routes.post('/contact-id', async (c) => {
    const draft = await draftIn(c);
    draft.set('contact_id', draft.get('open') ?? '');
    return refill(state, c, stepAt(state, draft.get('step')), draft, { key: 'contact_id', row: 0 });
  });

  routes.post('/steps/:place/choices/:key', async (c) => {
    const { step, fields, inputData } = await readStep(state, c);
    const field = fields.find(({ key }) => key === c.req.param('key'));
    if (!field) return c.notFound();
    const { choices, report } = await state.fetchChoices(step, field.key, inputData);
    return c.html(fetchedChoices(field, fields, choices, report));
  });

  routes.post('/steps/:place/run', async (c) => {
    const { step, inputData } = await readStep(state, c);
    const report = await state.runStep(step, inputData);
    const result = 'result' in report.outcome ? report.outcome.result : undefined;
    const contact = state.sandbox.store.get(contactOf(inputData, result) ?? '');
    const panel = await reportPanel(
      report,
      step.outputLabels,
      step.kind === 'Trigger' ? 'trigger' : undefined,
    );
    if (!contact) return c.html(panel);
    c.header('HX-Trigger', 'opened');
    return c.html([panel, await conversationUpdate(state, contact.id)].join(''));
  });

  routes.post('/connection', async (c) => {
    const fields = state.definition.connectionFields;
    const draft = state.drafts.save('connection', await draftIn(c));
    const inputs = Object.entries(parseForm(fields, draft));
    const authData = Object.fromEntries(inputs.map(([key, input]) => [key, String(input)]));
    const report = await state.connect(authData);
    const panel = await reportPanel(report, new Map([['', 'Name in Zapier']]), 'connection');
    return c.html(failureOf(report) ? panel : [panel, await connectionName(state)].join(''));
  });

  return routes;
}
