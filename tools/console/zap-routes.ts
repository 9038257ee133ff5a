import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as schema from 'zod';
import type { ConsoleState } from './state.ts';
import { draftIn, readStep } from './step-input.ts';
import { pollDetails, zapLog, zapPanel } from './views/zap.ts';

const mostContacts = 1000;
const switchesSchema = schema.object({
  every: schema.coerce.number().min(0).max(60).default(0),
  forgets: schema.literal('on').optional(),
  fails: schema.literal('on').optional(),
});
const burstSchema = schema.coerce.number().int().min(1).max(mostContacts);

/** Switching a Zap on and off, and what it does meanwhile. */
export function zapRoutes(state: ConsoleState): Hono {
  const routes = new Hono();
  const zapIn = (c: Context) => {
    const place = c.req.param('place') ?? '';
    const zap = state.zaps.get(place);
    if (!zap) throw new HTTPException(404, { message: 'The integration has no such trigger.' });
    return { place, zap };
  };

  routes.get('/zaps/:place', (c) => {
    const { place, zap } = zapIn(c);
    return c.html(zapLog(place, zap));
  });

  routes.get('/zaps/:place/polls/:number', (c) => {
    const number = Number(c.req.param('number'));
    const poll = zapIn(c).zap.polls.find((poll) => poll.number === number);
    return poll ? c.html(pollDetails(poll)) : c.notFound();
  });

  routes.post('/zaps/:place/on', async (c) => {
    const { place, zap } = zapIn(c);
    const { inputData } = await readStep(state, c);
    return c.html(zapPanel(place, zap, await zap.switchOn(inputData)));
  });

  routes.post('/zaps/:place/off', (c) => {
    const { place, zap } = zapIn(c);
    zap.switchOff();
    return c.html(zapPanel(place, zap));
  });

  routes.post('/zaps/:place/poll', async (c) => {
    await zapIn(c).zap.poll();
    return c.body(null, 204);
  });

  routes.post('/zaps/:place/switches', async (c) => {
    const { every, forgets, fails } = switchesSchema.parse(Object.fromEntries(await draftIn(c)));
    zapIn(c).zap.set({ every, forgets: forgets === 'on', fails: fails === 'on' });
    return c.body(null, 204);
  });

  routes.post('/zaps/:place/contacts', async (c) => {
    const count = c.req.query('count') ?? (await draftIn(c)).get('count');
    zapIn(c).zap.addContacts(burstSchema.parse(count));
    return c.body(null, 204);
  });

  return routes;
}
