import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { topics } from './changes.ts';
import { draftOf } from './form.ts';
import type { ConsoleState } from './state.ts';
import { fieldsFor } from './step-input.ts';
import { connectionPanel } from './views/connection.ts';
import type { Html } from './views/html.ts';
import { page, startPlace } from './views/page.ts';
import { startPanel } from './views/recipes.ts';
import { stepPanel } from './views/step.ts';

/** What stands in the page at a place, with a question in its form; the connection where there is no such step. */
export async function panelAt(
  state: ConsoleState,
  wanted: string,
  question: Html | '' = '',
): Promise<{ place: string; panel: Html }> {
  if (wanted === startPlace) return { place: startPlace, panel: startPanel(state) };
  const step = state.definition.steps.find(({ place }) => place === wanted);
  const place = step?.place ?? 'connection';
  const draft = state.drafts.of(place);
  if (step) {
    const fields = await fieldsFor(state, step, draft);
    return { place, panel: stepPanel(step, fields, draft, state.zaps.get(place), question) };
  }
  const shown = draft.size > 0 ? draft : draftOf(state.connection);
  return { place, panel: connectionPanel(state.definition.connectionFields, shown) };
}

/** The page, and the events that keep open pages up to date. */
export function pageRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/', async (c) => {
    const place = c.req.query('step') ?? startPlace;
    const open = c.req.query('contact') ?? state.sandbox.store.list({ limit: 1 })[0]?.id;
    const { revision } = state.changes;
    return c.html(page(state, { ...(await panelAt(state, place)), open, revision }));
  });

  routes.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>();
      stream.onAbort(() => ended.resolve());
      const tell = (topic: string) => stream.writeSSE({ event: topic, data: '' });
      const stop = state.changes.on(tell);
      // A page made before the latest change, such as one that reconnects after it, gets one event of each topic.
      if (c.req.query('since') !== state.changes.revision) await Promise.all(topics.map(tell));
      await ended.promise;
      stop();
    }),
  );

  return routes;
}
