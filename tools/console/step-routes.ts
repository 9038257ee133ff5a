import { Hono } from 'hono';
import { parseForm } from './form.ts';
import { failureOf } from './run-queue.ts';
import type { ConsoleState } from './state.ts';
import { draftIn, readStep } from './step-input.ts';
import { connectionName } from './views/connection.ts';
import { conversationUpdate } from './views/conversation.ts';
import { reportPanel } from './views/report.ts';

/** Returns the ID of the contact that a run used: the one in its form, or else in its result. */
function contactOf(inputData: Record<string, unknown>, result: unknown): string | undefined {
  const [first] = [result].flat();
  const id = inputData.contact_id ?? Reflect.get(Object(first), 'id');
  return typeof id === 'string' ? id : undefined;
}

/** Routes that run a step or test the connection. */
export function stepRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

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
