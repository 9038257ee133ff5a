import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import type { Field } from '../fields.ts';
import type { LiveZap } from '../zap.ts';
import { fieldList } from './field.ts';
import type { Html } from './html.ts';
import { markdown } from './markdown.ts';
import { zapPanel } from './zap.ts';

/** A step: its form, and under it what came of running it. */
export function stepPanel(step: Step, fields: Field[], zap: LiveZap | undefined): Html {
  const { place, kind, label, description } = step;
  const url = `/steps/${place}`;
  return html`<form id="step-form" class="card" hx-post="${url}/run" hx-target="#report" hx-swap="innerHTML"
      hx-disable="#run" hx-indicator="#report">
      <header><p class="kind">${kind}</p><h1>${label}</h1><div class="lead">${markdown(description)}</div></header>
      <div id="fields">${fieldList(step, fields, new URLSearchParams())}</div>
      <footer>
        <button type="submit" class="primary" id="run">${zap ? 'Test trigger' : 'Run step'}</button>
        <button type="button" id="example" hx-post="${url}/example" hx-include="#open-contact" hx-target="#fields"
          hx-swap="innerHTML">Fill in an example</button>
      </footer>
    </form>
    <div id="report"></div>
    ${zap && zapPanel(place, zap)}`;
}
