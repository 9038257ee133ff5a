import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { topics } from './changes.ts';
import { draftOf } from './form.ts';
import type { ConsoleState } from './state.ts';
import { fieldsFor } from './step-input.ts';
import { connectionPanel } from './views/connection.ts';
import { type Panel, page, startPlace } from './views/page.ts';
import { startPanel } from './views/recipes.ts';
import { stepPanel } from './views/step.ts';

/** Returns the title and content of the page at a place, or of the start page if there is no such step. */
export async function panelAt(state: ConsoleState, wanted: string): Promise<Panel> {
  const step = state.definition.steps.find(({ place }) => place === wanted);
  const draft = state.drafts.of(wanted);
  if (step) {
    const panel = stepPanel(step, await fieldsFor(state, step, draft), draft, state.zaps.get(wanted));
    return { place: wanted, title: step.label, panel };
  }
  if (wanted === 'connection') {
    const shown = draft.size > 0 ? draft : draftOf(state.connection);
    const panel = connectionPanel(state.definition.connectionFields, shown);
    return { place: wanted, title: 'Connection', panel };
  }
  return { place: startPlace, title: 'Start', panel: startPanel(state) };
}

/** The most event streams: if there is one more, the oldest ends. A browser opens only six connections to one address. */
const MOST_STREAMS = 4;

/** Routes of the page, and of the events that keep open pages up to date. */
export function pageRoutes(state: ConsoleState): Hono {
  const routes = new Hono();
  /** The functions that end the open event streams, the oldest first. */
  const enders = new Set<() => void>();

  routes.get('/', async (c) => {
    const place = c.req.query('step') ?? startPlace;
    const open = c.req.query('contact') ?? state.sandbox.store.list({ limit: 1 })[0]?.id;
    const { revision } = state.changes;
    return c.html(page(state, { ...(await panelAt(state, place)), open, revision }));
  });

  routes.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>();
      const end = () => ended.resolve();
      stream.onAbort(end);
      const tell = (topic: string) => stream.writeSSE({ event: topic, data: '', id: state.changes.revision });
      const stop = state.changes.on(tell);
      // A page that missed the latest change, for example because it has just reconnected, gets an event of each topic.
      const heardOf = c.req.header('Last-Event-ID') ?? c.req.query('since');
      if (heardOf !== state.changes.revision) await Promise.all(topics.map(tell));
      const [oldest] = enders.size < MOST_STREAMS ? [] : enders;
      oldest?.();
      enders.add(end);
      await ended.promise;
      enders.delete(end);
      stop();
    }),
  );

  return routes;
}
