import { Hono } from 'hono';
import type { ConsoleState } from './state.ts';
import { conversationUpdate } from './views/conversation.ts';
import { recipeRunPanel } from './views/recipes.ts';

/** The recipes of the front page. */
export function recipeRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  // The conversation follows the contact that the recipe is about.
  routes.get('/recipes/run', async (c) => {
    const panel = await recipeRunPanel(state, state.recipeRun);
    const contact = state.sandbox.store.get(state.recipeRun?.contactId ?? '');
    if (!contact) return c.html(panel);
    c.header('HX-Trigger', 'opened');
    return c.html([panel, await conversationUpdate(state, contact.id)].join(''));
  });

  routes.post('/recipes/:number/run', (c) => {
    const run = state.startRecipe(Number(c.req.param('number')));
    return run ? c.html(recipeRunPanel(state, run)) : c.notFound();
  });

  return routes;
}
