import { Hono } from 'hono';
import { html } from 'hono/html';
import * as schema from 'zod';
import { sandboxFaults } from '../sandbox/faults.ts';
import { ORDERS } from '../sandbox/settings.ts';
import type { ConsoleState } from './state.ts';
import { draftIn } from './step-input.ts';
import { contactList } from './views/contacts.ts';
import { conversation } from './views/conversation.ts';
import { faultDoes, waitingFaults } from './views/faults.ts';

const faultsSchema = schema.object({
  count: schema.coerce.number().int().min(1).max(1000),
  fault: schema.string().refine((name) => sandboxFaults.has(name)),
});
const settingsSchema = schema.object({ order: schema.enum(ORDERS), viber: schema.literal('on').optional() });

/** Routes that show the sandbox's contacts and conversations, and that change how it answers. */
export function channelRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/contacts', (c) => c.html(contactList(state, c.req.query('search'), c.req.query('open'))));

  routes.get('/conversation', (c) => {
    c.header('HX-Trigger', 'opened');
    return c.html(conversation(state, c.req.query('open')));
  });

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
