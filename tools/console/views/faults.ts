import { html } from 'hono/html';
import { sandboxFaults } from '../../sandbox/faults.ts';
import { ORDERS } from '../../sandbox/places.ts';
import type { ConsoleState } from '../state.ts';
import { count, type Html } from './html.ts';

const orderLabels = { newest_first: 'newest first', oldest_first: 'oldest first', shuffled: 'shuffled' };

/** The fault of the next request, and how many requests will meet one. */
export function waitingFaults({ sandbox: { waitingFaults } }: ConsoleState): Html {
  const [next] = waitingFaults;
  return next === undefined
    ? html`<span class="badge calm">Off</span>`
    : html`<span class="badge bad">${next}</span> <span class="muted">for ${count(waitingFaults.length, 'more request')}</span>`;
}

/** What a fault does, in a sentence. */
export function faultDoes(name: string): string {
  return sandboxFaults.get(name)?.does ?? '';
}

/** What the next requests are answered with, and the settings of the channel. */
export function faultsPanel(state: ConsoleState): Html {
  const { order, viber } = state.sandbox.settings;
  const [first = ''] = sandboxFaults.keys();
  return html`<div class="controls"><details class="faults" id="faults">
    <summary><h3>Make requests fail</h3> <span id="waiting-faults" role="status" hx-get="/faults" hx-trigger="faults from:document"
      hx-swap="innerHTML">${waitingFaults(state)}</span></summary>
    <form hx-post="/faults" hx-target="#waiting-faults" hx-swap="innerHTML">
      <label>Next <input type="number" name="count" value="1" min="1" max="1000" required
        aria-label="How many requests"> requests get</label>
      <select name="fault" aria-label="Fault" aria-describedby="fault-does" hx-get="/faults/does" hx-target="#fault-does"
        hx-swap="innerHTML">
        ${[...sandboxFaults.keys()].map((name) => html`<option>${name}</option>`)}
      </select>
      <p class="note" id="fault-does" role="status">${faultDoes(first)}</p>
      <button type="submit" id="faults-set">Set</button>
      <button type="button" id="faults-clear" class="quiet" hx-post="/faults/clear" hx-target="#waiting-faults"
        hx-swap="innerHTML">Clear</button>
    </form>
  </details>
  <details class="faults" id="settings">
    <summary><h3>Settings</h3></summary>
    <form hx-post="/settings" hx-trigger="change" hx-swap="none">
      <label>Results come <select name="order">${ORDERS.map(
        (name) => html`<option value="${name}" ${name === order && 'selected'}>${orderLabels[name]}</option>`,
      )}</select></label>
      <label class="check"><input type="checkbox" name="viber" ${viber && 'checked'}> Viber channel (the connection says
        so too)</label>
    </form>
  </details></div>`;
}
