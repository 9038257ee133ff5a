import { html } from 'hono/html';
import { sandboxFaults } from '../../sandbox/faults.ts';
import { ORDERS } from '../../sandbox/settings.ts';
import type { ConsoleState } from '../state.ts';
import { count, type Html } from './html.ts';

const orderLabels = { newest_first: 'newest first', oldest_first: 'oldest first', shuffled: 'shuffled' };

/** Draws the next request's fault and the number of queued faults. */
export function waitingFaults({ sandbox: { waitingFaults } }: ConsoleState): Html {
  const [next] = waitingFaults;
  return next === undefined
    ? html``
    : html`<span class="badge bad">${next}</span> <span class="muted">for ${count(waitingFaults.length, 'more request')}</span>`;
}

/** Returns the sentence that describes a fault; an empty text if the fault has no name in the catalogue. */
export function faultDoes(name: string): string {
  return sandboxFaults.get(name)?.does ?? '';
}

/** The most common faults, with plain names. */
const commonFaults = new Map([
  ['401', 'Wrong token (401)'],
  ['429 without Retry-After', 'Too many requests (429)'],
  ['500', 'Server error (500)'],
  ['no answer at all', 'No answer'],
  ['carried out, then the connection is reset', 'Done, but the answer is lost'],
]);

/** Draws the faults in groups, the common ones first. */
function faultChoices(): Html[] {
  const others = [...sandboxFaults.keys()].filter((name) => !commonFaults.has(name));
  const [answers, connections] = [/^[2-5]\d\d/, /^(?![2-5]\d\d)/].map((start) =>
    others
      .filter((name) => start.test(name))
      .map((name) => [name, name.charAt(0).toUpperCase() + name.slice(1)]),
  );
  const groups = {
    Common: [...commonFaults],
    'Other answers': answers,
    'Other faults': connections,
  };
  return Object.entries(groups).map(
    ([title, choices = []]) =>
      html`<optgroup label="${title}">${choices.map(([name, label]) => html`<option value="${name}">${label}</option>`)}</optgroup>`,
  );
}

/** Draws the developer tools: faults for the next requests, and the sandbox's settings. */
export function developerTools(state: ConsoleState): Html {
  const { order, viber } = state.sandbox.settings;
  return html`<details id="tools">
    <summary>Developer tools <span id="waiting-faults" role="status" hx-get="/faults" hx-trigger="faults from:document"
      hx-swap="innerHTML">${waitingFaults(state)}</span></summary>
    <form class="bar" hx-post="/faults" hx-target="#waiting-faults" hx-swap="innerHTML">
      <h3>Make requests fail</h3>
      <label>Next <input type="number" name="count" value="1" min="1" max="1000" required
        aria-label="How many requests"> requests get</label>
      <select name="fault" aria-label="Fault" aria-describedby="fault-does" hx-get="/faults/does" hx-target="#fault-does"
        hx-swap="innerHTML">${faultChoices()}</select>
      <p class="note" id="fault-does" role="status">${faultDoes('401')}</p>
      <button type="submit" id="faults-set">Set</button>
      <button type="button" id="faults-clear" class="quiet" hx-post="/faults/clear" hx-target="#waiting-faults"
        hx-swap="innerHTML">Clear</button>
    </form>
    <form class="bar" hx-post="/settings" hx-trigger="change" hx-swap="none">
      <h3>Settings</h3>
      <label>Results come <select name="order">${ORDERS.map(
        (name) => html`<option value="${name}" ${name === order && 'selected'}>${orderLabels[name]}</option>`,
      )}</select></label>
      <label><input type="checkbox" name="viber" ${viber && 'checked'}> Viber channel (the connection says so too)</label>
    </form>
  </details>`;
}
