import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Step } from './definition.ts';
import { exampleOf } from './examples.ts';
import type { Field } from './fields.ts';
import { type Draft, readForm, withoutRow, withRow } from './form.ts';
import { failureOf } from './run-queue.ts';
import type { ConsoleState } from './state.ts';
import { connectionName } from './views/connection.ts';
import { conversationUpdate } from './views/conversation.ts';
import { fetchedChoices, fieldList } from './views/field.ts';
import { reportPanel } from './views/report.ts';

/** What a form sent. */
export async function draftIn(c: Context): Promise<Draft> {
  return new URLSearchParams(await c.req.text());
}

/** A step, its fields and what its form sent. Answers 404 where there is no such step. */
export async function readStep(state: ConsoleState, c: Context) {
  const step = state.definition.steps.find(({ place }) => place === c.req.param('place'));
  if (!step) throw new HTTPException(404, { message: 'The integration has no such step.' });
  const draft = await draftIn(c);
  const fields = await fieldsFor(state, step, draft);
  return { step, draft, fields, inputData: readForm(fields, draft) };
}

/** The fields that a form has when it is filled in like this. */
async function fieldsFor(state: ConsoleState, step: Step, draft: Draft): Promise<Field[]> {
  const still = await state.fieldsOf(step, {});
  return state.fieldsOf(step, readForm(still, draft));
}

/** The contact that a run was about: the one in its form, or the one in its result. */
function contactOf(inputData: Record<string, unknown>, result: unknown): string | undefined {
  const [first] = [result].flat();
  const id = inputData.contact_id ?? Reflect.get(Object(first), 'id');
  return typeof id === 'string' ? id : undefined;
}

/** Everything that a form does. */
export function stepRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.post('/steps/:place/fields', async (c) => {
    const { step, draft, fields } = await readStep(state, c);
    const field = fields.find(({ key }) => key === (c.req.query('add') ?? c.req.query('drop')));
    if (!field) return c.html(fieldList(step, fields, draft));
    if (c.req.query('add')) return c.html(fieldList(step, fields, withRow(field, draft), field.key));
    return c.html(fieldList(step, fields, withoutRow(field, Number(c.req.query('row')), draft)));
  });

  routes.post('/steps/:place/example', async (c) => {
    const { step, draft } = await readStep(state, c);
    const { store } = state.sandbox;
    const contact = store.get(draft.get('open') ?? '') ?? store.list({ limit: 1 })[0];
    const picture = new URL('/picture.svg', c.req.url).href;
    const example = exampleOf(step.place, draft, contact, picture);
    return c.html(fieldList(step, await fieldsFor(state, step, example), example));
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
    if (!contact) return c.html(reportPanel(report, step.outputLabels));
    c.header('HX-Trigger', 'opened');
    return c.html(
      [await reportPanel(report, step.outputLabels), await conversationUpdate(state, contact.id)].join(''),
    );
  });

  routes.post('/connection', async (c) => {
    const fields = state.definition.connectionFields;
    const inputs = Object.entries(readForm(fields, await draftIn(c)));
    const authData = Object.fromEntries(inputs.map(([key, input]) => [key, String(input)]));
    const report = await state.connect(authData);
    const panel = await reportPanel(report, new Map([['', 'Name in Zapier']]));
    return c.html(failureOf(report) ? panel : [panel, await connectionName(state)].join(''));
  });

  return routes;
}
