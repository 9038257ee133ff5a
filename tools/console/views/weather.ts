import { html } from 'hono/html';
import { count } from '../../../src/failures/failures.ts';
import { ORDERS } from '../../sandbox/lookup.ts';
import type { ConsoleState } from '../state.ts';
import { weathers } from '../weather.ts';
import type { Html } from './html.ts';

const orderLabels = { newest_first: 'newest first', oldest_first: 'oldest first', shuffled: 'shuffled' };

/** What awaits the next requests. */
export function forecast({ weather: { forecast } }: ConsoleState): Html {
  const [next] = forecast;
  return next === undefined
    ? html`<span class="badge good">Fine</span>`
    : html`<span class="badge bad">${next}</span> <span class="muted">for ${count(forecast.length, 'more request')}</span>`;
}

/** How the channel answers: what goes wrong next, and its habits. */
export function weatherPanel(state: ConsoleState): Html {
  const { order, viber } = state.sandbox.settings;
  return html`<details class="weather" id="weather">
    <summary><h3>Weather</h3> <span id="forecast" role="status" hx-get="/weather" hx-trigger="weather from:document"
      hx-swap="innerHTML">${forecast(state)}</span></summary>
    <form hx-post="/weather" hx-target="#forecast" hx-swap="innerHTML">
      <label>Next <input type="number" name="count" value="1" min="1" max="1000" required
        aria-label="How many requests"> requests get</label>
      <select name="weather" aria-label="What they get">
        ${[...weathers].map(([name, { label }]) => html`<option value="${name}">${label}</option>`)}
      </select>
      <button type="submit" id="weather-set">Set</button>
      <button type="button" id="weather-clear" class="quiet" hx-post="/weather/clear" hx-target="#forecast"
        hx-swap="innerHTML">Clear up</button>
    </form>
    <form hx-post="/habits" hx-trigger="change" hx-swap="none">
      <label>Results come <select name="order">${ORDERS.map(
        (name) => html`<option value="${name}" ${name === order && 'selected'}>${orderLabels[name]}</option>`,
      )}</select></label>
      <label class="check"><input type="checkbox" name="viber" ${viber && 'checked'}> Viber channel (the connection says
        so too)</label>
    </form>
  </details>`;
}
