import { html } from 'hono/html';
import type { Recipe, RecipeStep } from '../../zapier/recipe.ts';
import type { Step } from '../definition.ts';
import type { RanStep, RecipeRun } from '../recipe-run.ts';
import { failureOf, type Report } from '../run-queue.ts';
import type { ConsoleState } from '../state.ts';
import { failureCard, kindOf } from './failure.ts';
import { count, type Html, pairs } from './html.ts';
import { link } from './link.ts';
import { foldedRequests, sentMessages } from './requests.ts';

/** Returns the definition's step for a step of a recipe; undefined for a step of another app. */
export function stepOf({ definition: { steps } }: ConsoleState, { name }: RecipeStep): Step | undefined {
  return steps.find(({ label }) => label === name);
}

/** The recipe to begin with: it sends a picture, so it shows the most. */
const firstRecipe = 6;

function recipeCard(state: ConsoleState, { title, steps }: Recipe, number: number): Html {
  const name = (step: RecipeStep) => {
    const own = stepOf(state, step);
    return own ? link(own.place, step.name) : step.name;
  };
  const isFirst = number === firstRecipe;
  return html`<li class="card recipe ${isFirst && 'first'}">${isFirst && html`<p class="kind">Begin with this one</p>`}<h2>${title}</h2>
    <ol>${steps.map((step) => html`<li>${name(step)}</li>`)}</ol>
    <button type="button" class="${isFirst && 'primary'}" id="run-recipe-${number}" aria-label="Run: ${title}"
      hx-post="/recipes/${number}/run"
      hx-include="#open-contact" hx-target="#recipe-run" hx-swap="innerHTML show:top">Run</button></li>`;
}

/** Draws a step's outcome in a few words. */
function outcome(report: Report): { text: string; tone: string } {
  const failure = failureOf(report);
  if (failure) return { text: kindOf(failure).title, tone: 'bad' };
  const result = 'result' in report.outcome ? report.outcome.result : undefined;
  if (!Array.isArray(result)) return { text: 'Success', tone: 'good' };
  return result.length === 0
    ? { text: 'Nothing found', tone: 'wait' }
    : { text: count(result.length, 'result'), tone: 'good' };
}

/** Draws a step of this integration. Its name links to its form, filled in as in this run. */
function ownStep(state: ConsoleState, { step, filled, inputData, report }: RanStep): Html {
  const failure = report && failureOf(report);
  const { text, tone } = report ? outcome(report) : { text: 'Running', tone: 'wait' };
  const result = report && 'result' in report.outcome ? [report.outcome.result].flat()[0] : undefined;
  const place = stepOf(state, step)?.place ?? '';
  // A step without inputs is a trigger that could not be switched on.
  const form = inputData && html`hx-post="/recipes/run/steps/${step.number}/form"`;
  return html`<header class="bar"><h3>${step.number}. ${link(place, step.name, '', form)}</h3>
      <span class="badge ${tone}">${text}</span></header>
    ${pairs(filled)}
    ${failure && failureCard(failure)}
    ${result !== undefined && html`<details class="item"><summary>Result</summary><pre tabindex="0">${JSON.stringify(result, null, 2)}</pre></details>`}
    ${report && foldedRequests(report)}`;
}

function filterStep({ step, filled, goesOn }: RanStep): Html {
  const rules = step.fields.flatMap(([label, rule]) => [
    [label, rule.replaceAll('`', '')],
    // A filled-in rule begins with the tested value. If that is empty, the text begins with a space.
    ['In this run', (filled[label] ?? '').replace(/^ /, '(empty) ')],
  ]);
  return html`<header class="bar"><h3>${step.number}. ${step.name}</h3>
    <span class="badge ${goesOn ? 'good' : 'wait'}">${goesOn ? 'The Zap goes on' : 'The Zap stops here'}</span></header>
    ${pairs(Object.fromEntries(rules))}`;
}

function otherAppStep({ step, filled }: RanStep): Html {
  const isFirst = step.number === '1';
  return html`<header class="bar"><h3>${step.number}. ${step.name}</h3>
      <span class="badge calm">${isFirst ? 'Example data' : 'Not run here'}</span></header>
    ${!isFirst && html`<p class="note">This is another app’s step. In Zapier it would get these values:</p>`}
    ${pairs(filled)}`;
}

function ranStep(state: ConsoleState, ran: RanStep, index: number): Html {
  const view =
    ran.goesOn !== undefined
      ? filterStep(ran)
      : stepOf(state, ran.step)
        ? ownStep(state, ran)
        : otherAppStep(ran);
  return html`<li class="card" id="ran-${index + 1}">${view}${ran.note && html`<p class="note">${ran.note}</p>`}</li>`;
}

/** Identifies a run's progress: the text differs after each change. */
export function progressOf({ steps, isDone }: RecipeRun): string {
  return `${steps.filter(({ report }) => report).length} of ${steps.length}${isDone ? ', done' : ''}`;
}

/** Draws a recipe's run: each step's inputs, requests and result. */
export function recipeRunPanel(state: ConsoleState, run: RecipeRun | undefined): Html {
  if (!run) return html``;
  const failure = run.steps.flatMap(({ report }) => (report && failureOf(report)) ?? [])[0];
  const [text, tone] = failure ? ['Stopped', 'bad'] : run.isDone ? ['Done', 'good'] : ['Running', 'wait'];
  return html`<section aria-labelledby="recipe-title"><header class="recipe-head bar">
      <h2 id="recipe-title" tabindex="-1">${run.recipe.title}</h2><span class="badge ${tone}" role="status">${text}${
        failure && html`<span class="visually-hidden">: ${failure.sentence}</span>`
      }</span>${sentMessages(run.steps.flatMap(({ report }) => report ?? []))}</header>
    <input type="hidden" id="shown" name="shown" value="${progressOf(run)}">
    <ol class="ran">${run.steps.map((ran, index) => ranStep(state, ran, index))}</ol></section>`;
}

/** Draws the front page: what the console is for, and the guide's recipes as Zaps to run. */
export function startPanel(state: ConsoleState): Html {
  return html`<section class="card start"><header><p class="kind">Start here</p><h1>Watch Zaps run, without Zapier</h1></header>
      <p>This page runs the steps of the Zapier app on a made-up channel with made-up contacts. Nothing leaves this machine:
        no message is sent to anybody.</p>
      <p>Choose a recipe and press <b>Run</b>. You’ll see each step’s input, requests and result, and the channel changes as
        it runs. To try one step with your own values, click its name.</p>
    </section>
    <div id="recipe-run" hx-get="/recipes/run" hx-trigger="recipe from:document"
      hx-include="#open-contact, #shown" hx-swap="innerMorph">${state.recipeRun && recipeRunPanel(state, state.recipeRun)}</div>
    <div id="report"></div>
    <ul id="recipes" aria-label="Recipes">${state.recipes
      .map((recipe, index) => ({ number: index + 1, recipe }))
      .toSorted((a, b) => Number(b.number === firstRecipe) - Number(a.number === firstRecipe))
      .map(({ recipe, number }) => recipeCard(state, recipe, number))}</ul>`;
}
