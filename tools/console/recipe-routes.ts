import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { draftOf, readInputs } from './form.ts';
import { panelAt } from './page-routes.ts';
import type { ConsoleState } from './state.ts';
import { draftIn } from './step-input.ts';
import { conversationUpdate } from './views/conversation.ts';
import { page as pageView } from './views/page.ts';
import { progressOf, recipeRunPanel, stepOf } from './views/recipes.ts';

/** Returns a step of the recipe that ran last, with its form filled in as it was in that run. */
function givenTo(state: ConsoleState, c: Context) {
  const ran = state.recipeRun?.steps.find(({ step: { number } }) => number === c.req.param('number'));
  const step = ran && stepOf(state, ran.step);
  if (!step || !ran.inputData) throw new HTTPException(404, { message: 'This step is no longer kept.' });
  return { step, given: draftOf(readInputs(ran.inputData)) };
}

/** Routes that run the recipes of the front page. */
export function recipeRoutes(state: ConsoleState): Hono {
  const routes = new Hono();

  // The conversation follows the recipe until the user opens another contact.
  routes.get('/recipes/run', async (c) => {
    const { recipeRun: run } = state;
    const { open = '', shown } = c.req.query();
    const panel = await recipeRunPanel(state, run);
    // New steps scroll into view, but nothing scrolls if a page only reconnects.
    if (run && progressOf(run) !== shown) {
      c.header('HX-Reswap', `innerMorph show:bottom showTarget:#ran-${run.steps.length}`);
    }
    const contact = run?.followed.has(open) ? state.sandbox.store.get(run.contactId ?? '') : undefined;
    if (!run || !contact || contact.id === open) return c.html(panel);
    run.followed.add(contact.id);
    c.header('HX-Trigger', 'opened');
    return c.html([panel, await conversationUpdate(state, contact.id, open)].join(''));
  });

  routes.post('/recipes/:number/run', async (c) => {
    const picture = new URL('/picture.svg', c.req.url).href;
    const open = (await draftIn(c)).get('open') ?? '';
    const run = state.startRecipe(Number(c.req.param('number')), picture, open);
    return run ? c.html(recipeRunPanel(state, run)) : c.notFound();
  });

  routes.post('/recipes/run/steps/:number/form', async (c) => {
    const { step, given } = givenTo(state, c);
    state.drafts.clear(step.place);
    state.drafts.save(step.place, given);
    const { revision } = state.changes;
    return c.html(pageView(state, { ...(await panelAt(state, step.place)), open: undefined, revision }));
  });

  return routes;
}
