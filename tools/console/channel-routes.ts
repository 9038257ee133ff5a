import { Hono } from 'hono';
import * as schema from 'zod';
import { sandboxFaults } from '../sandbox/faults.ts';
import { ORDERS } from '../sandbox/places.ts';
import type { Desk } from './desk.ts';
import { draftIn } from './step-routes.ts';
import { contactList } from './views/contacts.ts';
import { conversation } from './views/conversation.ts';
import { waitingFaults } from './views/faults.ts';

const faultsSchema = schema.object({
  count: schema.coerce.number().int().min(1).max(1000),
  fault: schema.string().refine((name) => sandboxFaults.has(name)),
});
const habitsSchema = schema.object({ order: schema.enum(ORDERS), viber: schema.literal('on').optional() });

/** The channel: who is in it, what was sent, and how it behaves. */
export function channelRoutes(desk: Desk): Hono {
  const routes = new Hono();

  routes.get('/contacts', (c) => c.html(contactList(desk, c.req.query('search'), c.req.query('open'))));

  routes.get('/conversation', (c) => {
    c.header('HX-Trigger', 'opened');
    return c.html(conversation(desk, c.req.query('open')));
  });

  routes.get('/faults', (c) => c.html(waitingFaults(desk)));

  routes.post('/faults', async (c) => {
    const { count, fault } = faultsSchema.parse(Object.fromEntries(await draftIn(c)));
    desk.sandbox.failNext(count, fault);
    return c.html(waitingFaults(desk));
  });

  routes.post('/faults/clear', (c) => {
    desk.sandbox.clearFaults();
    return c.html(waitingFaults(desk));
  });

  routes.post('/habits', async (c) => {
    const { order, viber } = habitsSchema.parse(Object.fromEntries(await draftIn(c)));
    desk.sandbox.configure({ order });
    if ((viber === 'on') !== desk.sandbox.settings.viber) desk.useViber(viber === 'on');
    return c.body(null, 204);
  });

  return routes;
}
