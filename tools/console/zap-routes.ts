import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as schema from 'zod';
import type { ConsoleState } from './state.ts';
import { draftIn, fieldsFor, readStep, stepAt } from './step-input.ts';
import { conversation } from './views/conversation.ts';
import { pollDetails, zapLog, zapPanel } from './views/zap.ts';

const mostContacts = 1000;
const nothingToChange =
  'The newest contacts all have this value, and no other field is watched. Add a contact instead.';
const paceSchema = schema.object({ every: schema.coerce.number().min(0).max(60) });
const burstSchema = schema.coerce.number().int().min(1).max(mostContacts);

/** Routes that switch a Zap on and off, poll, and change contacts for it. */
export function zapRoutes(state: ConsoleState): Hono {
  const routes = new Hono();
  const zapIn = (c: Context) => {
    const place = c.req.param('place') ?? '';
    const zap = state.zaps.get(place);
    if (!zap) throw new HTTPException(404, { message: 'The integration has no such trigger.' });
    return { place, zap };
  };
  const fieldsOf = (place: string) => fieldsFor(state, stepAt(state, place), state.drafts.of(place));

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
    const { fields, inputData } = await readStep(state, c);
    return c.html(zapPanel(place, zap, fields, await zap.switchOn(inputData)));
  });

  routes.post('/zaps/:place/off', async (c) => {
    const { place, zap } = zapIn(c);
    zap.switchOff();
    return c.html(await zapPanel(place, zap, await fieldsOf(place)));
  });

  routes.post('/zaps/:place/poll', async (c) => {
    await zapIn(c).zap.poll();
    return c.body(null, 204);
  });

  routes.post('/zaps/:place/pace', async (c) => {
    zapIn(c).zap.pollEvery(paceSchema.parse(Object.fromEntries(await draftIn(c))).every);
    return c.body(null, 204);
  });

  routes.post('/zaps/:place/contacts', async (c) => {
    const count = c.req.query('count') ?? (await draftIn(c)).get('count');
    zapIn(c).zap.addContacts(burstSchema.parse(count));
    return c.body(null, 204);
  });

  routes.post('/zaps/:place/change', async (c) => {
    const preferred = (await draftIn(c)).get('open') ?? '';
    const id = zapIn(c).zap.changeContact(preferred);
    if (id === undefined) throw new HTTPException(409, { message: nothingToChange });
    c.header('HX-Trigger', 'opened');
    return c.html(conversation(state, id));
  });

  return routes;
}
