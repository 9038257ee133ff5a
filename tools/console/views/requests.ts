import { html } from 'hono/html';
import type { LoggedRequest } from '../../sandbox/log.ts';
import { failureOf, type Report } from '../run-queue.ts';
import { count, formatJson, type Html } from './html.ts';

function headerLines(headers: LoggedRequest['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** Returns the CSS class of a status. A look-up's 403 is no failure if the run succeeded: the look-up found nobody. */
function toneOf({ method, status }: LoggedRequest, isFailed: boolean): string {
  if (status !== null && status < 400) return 'good';
  return status === 403 && method === 'GET' && !isFailed ? 'calm' : 'bad';
}

function summary(request: LoggedRequest, isFailed: boolean): Html {
  const { method, path, status, ms } = request;
  const answered =
    status === null
      ? html`<span class="status bad">no answer</span> <span class="muted">for ${(ms / 1000).toFixed(1)} s</span>`
      : html`<span class="status ${toneOf(request, isFailed)}">${status}</span> <span class="muted">${Math.round(ms)} ms</span>`;
  return html`<summary><b>${method}</b> <span class="path">${path}</span> <span class="answered">${answered}</span></summary>`;
}

/** Draws a request's headers and body, and its answer. */
function requestDetails({ headers, body, status, answer }: LoggedRequest): Html {
  return html`<h4>Request</h4>
    <pre tabindex="0">${headerLines(headers)}${body && `\n\n${formatJson(body)}`}</pre>
    <h4>Answer</h4>
    <pre tabindex="0">${status === null ? 'The connection ended without one.' : formatJson(answer) || 'Empty.'}</pre>`;
}

/** Draws a run's requests and answers, in the order in which they were made. */
export function requestList(report: Report): Html {
  const { requests } = report;
  if (requests.length === 0) return html`<p class="note">No request was made.</p>`;
  return html`<section class="requests"><h3>${count(requests.length, 'request')}</h3>${rows(report)}</section>`;
}

function rows(report: Report): Html {
  const isFailed = failureOf(report) !== undefined;
  return html`<ol>${report.requests.map(
    (request) => html`<li><details>${summary(request, isFailed)}${requestDetails(request)}</details></li>`,
  )}</ol>`;
}

/** If there are more requests than this, they are folded, so that the content below them stays in view. */
const unfolded = 3;

/** Draws a run's requests, which can be folded. */
export function foldedRequests(report: Report): Html {
  const { length } = report.requests;
  if (length <= unfolded) return requestList(report);
  return html`<details class="item requests"><summary>${count(length, 'request')}</summary>${rows(report)}</details>`;
}

/** Draws how many messages a run sent, as a link to the conversation. Only phones show it, because that is out of view there. */
export function sentMessages(reports: readonly Report[]): Html | '' {
  const sent = reports.flatMap(({ requests }) =>
    requests.filter(({ path, status }) => path.includes('/message/') && status !== null && status < 300),
  );
  return sent.length === 0
    ? ''
    : html`<a class="sent" href="#conversation">${count(sent.length, 'new message')}</a>`;
}
