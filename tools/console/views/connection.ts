import { html } from 'hono/html';
import type { Field } from '../fields.ts';
import type { Draft } from '../form.ts';
import type { ConsoleState } from '../state.ts';
import { fieldList } from './field.ts';
import type { Html } from './html.ts';
import { draftFields } from './step.ts';

/** Draws the label of the current connection. It replaces the one in the page's header. */
export function connectionName({ connectionLabel }: ConsoleState): Html {
  return html`<p id="connection-name" hx-swap-oob="true"><span class="muted">Connected to</span> <b>${connectionLabel}</b></p>`;
}

/** Draws the form that connects a channel. */
export function connectionPanel(fields: Field[], draft: Draft): Html {
  return html`<form id="step-form" class="card" hx-post="/connection" hx-target="#report"
      hx-swap="innerHTML show:top" hx-disable="#run" hx-indicator="#report">
      <header><p class="kind">Connection</p><h1>Connect a Channel</h1>
        <div class="lead"><p>What someone fills in once, before any step runs. A connection that passes its test is
        used from then on.</p></div></header>
      ${draftFields('connection', fieldList({ place: 'connection', groups: new Map() }, fields, draft))}
      <footer><button type="submit" class="primary" id="run">Test and connect</button></footer>
    </form>
    <div id="report"></div>`;
}
