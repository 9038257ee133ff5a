import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { draftOf } from './form.ts';
import type { ConsoleState } from './state.ts';
import { fieldsFor } from './step-input.ts';
import { connectionPanel } from './views/connection.ts';
import { page } from './views/page.ts';
import { stepPanel } from './views/step.ts';

/** The page, and the events that keep open pages up to date. */
export function pageRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  routes.get('/', async (c) => {
    const { steps, connectionFields } = state.definition;
    const place = c.req.query('step') ?? steps[0]?.place;
    const step = steps.find((step) => step.place === place);
    const open = c.req.query('contact') ?? state.sandbox.store.list({ limit: 1 })[0]?.id;
    const draft = state.drafts.of(step?.place ?? 'connection');
    const panel = step
      ? stepPanel(step, await fieldsFor(state, step, draft), draft, state.zaps.get(step.place))
      : connectionPanel(connectionFields, draft.size > 0 ? draft : draftOf(state.connection));
    return c.html(page(state, { panel, place: step?.place ?? 'connection', open }));
  });

  routes.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>();
      stream.onAbort(() => ended.resolve());
      // A page that reconnects may have missed changes, so it gets one event of each topic.
      const tell = (topic: string) => stream.writeSSE({ event: topic, data: '' });
      const stop = state.changes.on(tell);
      await Promise.all(['channel', 'faults', 'requests', 'zap'].map(tell));
      await ended.promise;
      stop();
    }),
  );

  return routes;
}
