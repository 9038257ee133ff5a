import { Hono } from 'hono';
import * as schema from 'zod';
import { ORDERS } from '../sandbox/lookup.ts';
import type { ConsoleState } from './state.ts';
import { draftIn } from './step-routes.ts';
import { contactList } from './views/contacts.ts';
import { conversation } from './views/conversation.ts';
import { forecast } from './views/weather.ts';

const weatherSchema = schema.object({
  count: schema.coerce.number().int().min(1).max(1000),
  weather: schema.string(),
});
const habitsSchema = schema.object({ order: schema.enum(ORDERS), viber: schema.literal('on').optional() });

/** The channel: who is in it, what was sent, and how it behaves. */
export function channelRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/contacts', (c) => c.html(contactList(state, c.req.query('search'), c.req.query('open'))));

  routes.get('/conversation', (c) => {
    c.header('HX-Trigger', 'opened');
    return c.html(conversation(state, c.req.query('open')));
  });

  routes.get('/weather', (c) => c.html(forecast(state)));

  routes.post('/weather', async (c) => {
    const { count, weather } = weatherSchema.parse(Object.fromEntries(await draftIn(c)));
    state.weather.next(count, weather);
    return c.html(forecast(state));
  });

  routes.post('/weather/clear', (c) => {
    state.weather.clear();
    return c.html(forecast(state));
  });

  routes.post('/habits', async (c) => {
    const { order, viber } = habitsSchema.parse(Object.fromEntries(await draftIn(c)));
    state.sandbox.configure({ order });
    if ((viber === 'on') !== state.sandbox.settings.viber) state.useViber(viber === 'on');
    return c.body(null, 204);
  });

  return routes;
}
