import { html } from 'hono/html';
import type { Recipe, RecipeStep } from '../../zapier/recipe.ts';
import { exampleData, type RanStep, type RecipeRun } from '../recipe-run.ts';
import { failureOf, type Report } from '../run-queue.ts';
import type { ConsoleState } from '../state.ts';
import { failureCard, kindOf } from './failure.ts';
import { count, type Html, pairs } from './html.ts';
import { requestList } from './requests.ts';

/** The name of a step; one of this integration leads to its form. */
function stepName({ definition: { steps } }: ConsoleState, { name }: RecipeStep): Html {
  const own = steps.find(({ label }) => label === name);
  return own ? html`<a href="/?step=${own.place}">${name}</a>` : html`${name}`;
}

function recipeCard(state: ConsoleState, { title, steps }: Recipe, index: number): Html {
  return html`<li class="card recipe"><h2>${title}</h2>
    <ol>${steps.map((step) => html`<li>${stepName(state, step)}</li>`)}</ol>
    <button type="button" id="run-recipe-${index + 1}" aria-label="Run: ${title}" hx-post="/recipes/${index + 1}/run"
      hx-target="#recipe-run" hx-swap="innerHTML show:top">Run</button></li>`;
}

/** What came of a step, in a few words. */
function outcome(report: Report): { text: string; tone: string } {
  const failure = failureOf(report);
  if (failure) return { text: kindOf(failure).title, tone: 'bad' };
  const result = 'result' in report.outcome ? report.outcome.result : undefined;
  if (!Array.isArray(result)) return { text: 'Success', tone: 'good' };
  return result.length === 0
    ? { text: 'Nothing found', tone: 'wait' }
    : { text: count(result.length, 'result'), tone: 'good' };
}

function ownStep(state: ConsoleState, { step, filled, report }: RanStep): Html {
  const failure = report && failureOf(report);
  const { text, tone } = report ? outcome(report) : { text: 'Running', tone: 'wait' };
  const result = report && 'result' in report.outcome ? [report.outcome.result].flat()[0] : undefined;
  return html`<li class="card"><header><h3>${step.number}. ${stepName(state, step)}</h3>
      <span class="badge ${tone}">${text}</span></header>
    ${pairs(filled)}
    ${failure && failureCard(failure)}
    ${result !== undefined && html`<details class="item"><summary>Result</summary><pre tabindex="0">${JSON.stringify(result, null, 2)}</pre></details>`}
    ${report && requestList(report.requests)}</li>`;
}

function filterStep({ step, goesOn }: RanStep): Html {
  return html`<li class="card"><header><h3>${step.number}. ${step.name}</h3>
    <span class="badge ${goesOn ? 'good' : 'wait'}">${goesOn ? 'The Zap goes on' : 'The Zap stops here'}</span></header>
    ${pairs(Object.fromEntries(step.fields))}</li>`;
}

/** The fields of other apps that the steps of a recipe use. */
function usedExamples({ steps }: Recipe): Record<string, string> {
  const written = steps.flatMap(({ fields }) => fields.map(([, text]) => text)).join(' ');
  return Object.fromEntries(Object.entries(exampleData).filter(([name]) => written.includes(`[1. ${name}]`)));
}

/** A recipe that runs or has run, with what each step was given, requested and gave. */
export function recipeRunPanel(state: ConsoleState, run: RecipeRun | undefined): Html {
  if (!run) return html``;
  const [first] = run.recipe.steps;
  const failed = run.steps.some(({ report }) => report && failureOf(report));
  const [text, tone] = failed ? ['Stopped', 'bad'] : run.isDone ? ['Done', 'good'] : ['Running', 'wait'];
  return html`<section aria-labelledby="recipe-title"><header class="recipe-head">
      <h2 id="recipe-title" tabindex="-1">${run.recipe.title}</h2><span class="badge ${tone}" role="status">${text}</span></header>
    <ol class="ran">
      ${first && !first.isOwn && html`<li class="card"><header><h3>1. ${first.name}</h3><span class="badge good">Example data</span></header>${pairs(usedExamples(run.recipe))}</li>`}
      ${run.steps.map((ran) => (ran.goesOn === undefined ? ownStep(state, ran) : filterStep(ran)))}
    </ol></section>`;
}

/** The front page: what this is, and the recipes of the guide as Zaps to run. */
export function startPanel(state: ConsoleState): Html {
  return html`<section class="card start"><header><p class="kind">Start here</p><h1>Watch Zaps run, without Zapier</h1></header>
      <p>This page runs the Zapier integration on a sandbox of the channel platform. Nothing leaves this machine: no message
        is sent to anybody.</p>
      <p>Choose a recipe and press <b>Run</b>. Each step shows what it was given, the requests that it made and its result,
        while the channel beside it changes. Every step can also be run by itself: choose it in the list of steps.</p>
    </section>
    <div id="recipe-run" hx-get="/recipes/run" hx-trigger="recipe from:document" hx-swap="innerMorph">${recipeRunPanel(state, state.recipeRun)}</div>
    <div id="report"></div>
    <ul id="recipes" aria-label="Recipes">${state.recipes.map((recipe, index) => recipeCard(state, recipe, index))}</ul>`;
}
