import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import type { Field } from '../fields.ts';
import type { Draft } from '../form.ts';
import type { LiveZap } from '../zap.ts';
import { fieldList } from './field.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import { zapPanel } from './zap.ts';

/** Draws a form's fields. What is typed into them is kept while the console runs. */
export function draftFields(place: string, fields: Html): Html {
  return html`<div id="fields" hx-post="/drafts/${place}" hx-trigger="input delay:100ms, change" hx-swap="none"
    hx-sync="this:replace">${fields}</div>`;
}

/** Draws a step: its form, and below it the place of its report. */
export function stepPanel(step: Step, fields: Field[], draft: Draft, zap: LiveZap | undefined): Html {
  const { place, kind, label, description } = step;
  const url = `/steps/${place}`;
  return html`<form id="step-form" class="card" hx-post="${url}/run" hx-target="#report"
      hx-swap="innerHTML show:top" hx-disable="#run" hx-indicator="#report">
      <input type="hidden" name="step" value="${place}">
      <header><p class="kind">${kind}</p><h1>${label}</h1><div class="lead">${markdown(description)}</div></header>
      ${draftFields(place, fieldList(step, fields, draft))}
      <footer>
        <button type="submit" class="primary" id="run">${zap ? 'Test trigger' : 'Run step'}</button>
        <button type="button" id="example" hx-post="${url}/example" hx-include="#open-contact" hx-target="#fields"
          hx-swap="innerHTML">Fill in an example</button>
        <button type="button" id="clear" class="quiet" hx-post="${url}/clear" hx-target="#fields"
          hx-swap="innerHTML">Clear</button>
      </footer>
    </form>
    <div id="report"></div>
    ${zap && zapPanel(place, zap, fields)}`;
}
