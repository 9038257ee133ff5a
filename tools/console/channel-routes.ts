import { Hono } from 'hono';
import { html } from 'hono/html';
import * as schema from 'zod';
import { sandboxFaults } from '../sandbox/faults.ts';
import { ORDERS } from '../sandbox/places.ts';
import type { ConsoleState } from './state.ts';
import { draftIn } from './step-input.ts';
import { contactList } from './views/contacts.ts';
import { conversation } from './views/conversation.ts';
import { faultDoes, waitingFaults } from './views/faults.ts';
import { historyRows, requestDetails } from './views/requests.ts';

const faultsSchema = schema.object({
  count: schema.coerce.number().int().min(1).max(1000),
  fault: schema.string().refine((name) => sandboxFaults.has(name)),
});
const answerSchema = schema.object({
  open: schema.string(),
  message: schema.string(),
  text: schema.string(),
});
const settingsSchema = schema.object({ order: schema.enum(ORDERS), viber: schema.literal('on').optional() });

/** The channel: its contacts, conversations and requests. */
export function channelRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/contacts', async (c) =>
    c.html(await contactList(state, c.req.query('search'), c.req.query('open'))),
  );

  routes.get('/conversation', (c) => {
    c.header('HX-Trigger', 'opened');
    return c.html(conversation(state, c.req.query('open')));
  });

  routes.post('/conversation/answer', (c) => {
    const { open, message, text } = answerSchema.parse(c.req.query());
    if (!state.answers.press(open, state.sandbox.store.messagesOf(open), message, text)) return c.notFound();
    state.changes.notify('channel');
    return c.body(null, 204);
  });

  routes.get('/requests', (c) => {
    state.historyStep = c.req.query('step') || undefined;
    return c.html(historyRows(state));
  });

  routes.get('/requests/:number', (c) => {
    const entry = state.history.find(Number(c.req.param('number')));
    return entry ? c.html(requestDetails(entry.request)) : c.text('This request is no longer kept.');
  });

  return routes;
}

/** How the sandbox answers: its faults and settings. */
export function sandboxRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/faults', (c) => c.html(waitingFaults(state)));

  routes.get('/faults/does', (c) => c.html(html`${faultDoes(c.req.query('fault') ?? '')}`));

  routes.post('/faults', async (c) => {
    const { count, fault } = faultsSchema.parse(Object.fromEntries(await draftIn(c)));
    state.sandbox.failNext(count, fault);
    return c.html(waitingFaults(state));
  });

  routes.post('/faults/clear', (c) => {
    state.sandbox.clearFaults();
    return c.html(waitingFaults(state));
  });

  routes.post('/settings', async (c) => {
    const { order, viber } = settingsSchema.parse(Object.fromEntries(await draftIn(c)));
    state.sandbox.configure({ order });
    if ((viber === 'on') !== state.sandbox.settings.viber) state.useViber(viber === 'on');
    return c.body(null, 204);
  });

  return routes;
}
