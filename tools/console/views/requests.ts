import { html } from 'hono/html';
import type { LoggedRequest } from '../../sandbox/log.ts';
import { type HistoryEntry, otherPrograms } from '../request-history.ts';
import { type ConsoleState, connectionStep } from '../state.ts';
import { count, formatJson, type Html, timeElement } from './html.ts';

function headerLines(headers: LoggedRequest['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function summary({ method, path, status, ms }: LoggedRequest, below: Html | ''): Html {
  const tone = status !== null && status < 400 ? 'good' : 'bad';
  return html`<summary><b>${method}</b> <span class="path">${path}</span>
    <span class="answered"><span class="status ${tone}">${status ?? 'no answer'}</span>
      <span class="muted">${Math.round(ms)} ms</span></span>${below}</summary>`;
}

/** What was sent and what was answered. */
export function requestDetails({ headers, body, status, answer }: LoggedRequest): Html {
  return html`<h4>Request</h4>
    <pre tabindex="0">${headerLines(headers)}${body && `\n\n${formatJson(body)}`}</pre>
    <h4>Answer</h4>
    <pre tabindex="0">${status === null ? 'The connection ended without one.' : formatJson(answer) || 'Empty.'}</pre>`;
}

/** The requests of a run and their answers, in the order in which they were made. */
export function requestList(requests: readonly LoggedRequest[]): Html {
  if (requests.length === 0) return html`<p class="note">No request was made.</p>`;
  return html`<section class="requests"><h3>${count(requests.length, 'request')}</h3>${rows(requests)}</section>`;
}

function rows(requests: readonly LoggedRequest[]): Html {
  return html`<ol>${requests.map(
    (request) => html`<li><details>${summary(request, '')}${requestDetails(request)}</details></li>`,
  )}</ol>`;
}

/** More requests than this are folded, so that what comes after them stays in view. */
const unfolded = 3;

/** The requests of a run, which can be folded away. */
export function foldedRequests(requests: readonly LoggedRequest[]): Html {
  if (requests.length <= unfolded) return requestList(requests);
  return html`<details class="item requests"><summary>${count(requests.length, 'request')}</summary>${rows(requests)}</details>`;
}

/** The details of many requests are long: they are fetched when someone opens them. */
function historyRow({ number, step, request }: HistoryEntry): Html {
  const origin = html`<span class="origin muted small">${step}, ${timeElement(new Date(request.at * 1000))}</span>`;
  return html`<li id="request-${number}"><details>${summary(request, origin)}
    <div id="request-${number}-details" hx-get="/requests/${number}" hx-swap="innerHTML"
      hx-trigger="toggle from:<closest details/> once" hx-morph-skip-children></div>
  </details></li>`;
}

/** The rows of the history that its filter lets through. */
export function historyRows({ history, historyStep }: ConsoleState): Html {
  const entries = history.list(historyStep);
  if (entries.length === 0) return html`<p class="note">No request yet.</p>`;
  return html`<ol aria-label="Requests, newest first">${entries.map(historyRow)}</ol>`;
}

/** The last requests of every step and of other programs, which stay when another step is opened. */
export function historyPanel(state: ConsoleState): Html {
  const steps = [connectionStep, ...state.definition.steps.map(({ label }) => label), otherPrograms];
  return html`<section id="history" class="card requests" aria-labelledby="history-title">
    <header><h2 id="history-title">Requests</h2>
      <label class="inline">Made by <select id="history-step" name="step" hx-get="/requests"
        hx-target="#history-rows" hx-swap="innerMorph">
        <option value="">any step</option>
        ${steps.map((step) => html`<option ${step === state.historyStep && 'selected'}>${step}</option>`)}
      </select></label></header>
    <div id="history-rows" tabindex="0" role="region" aria-label="The last 100 requests" hx-get="/requests"
      hx-include="#history-step" hx-trigger="requests from:document" hx-swap="innerMorph">${historyRows(state)}</div>
  </section>`;
}
