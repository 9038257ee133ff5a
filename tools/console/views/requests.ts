import { html } from 'hono/html';
import type { LoggedRequest } from '../../sandbox/log.ts';
import { count, formatJson, type Html } from './html.ts';

function headerLines(headers: LoggedRequest['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function exchange({ method, path, headers, body, status, answer, ms }: LoggedRequest): Html {
  const tone = status !== null && status < 400 ? 'good' : 'bad';
  return html`<li><details>
    <summary><b>${method}</b> <span class="path">${path}</span>
      <span class="answered"><span class="status ${tone}">${status ?? 'no answer'}</span>
        <span class="muted">${Math.round(ms)} ms</span></span></summary>
    <h4>Request</h4>
    <pre tabindex="0">${headerLines(headers)}${body && `\n\n${formatJson(body)}`}</pre>
    <h4>Answer</h4>
    <pre tabindex="0">${status === null ? 'The connection ended without one.' : formatJson(answer) || 'Empty.'}</pre>
  </details></li>`;
}

/** The requests of a run and their answers, in the order in which they were made. */
export function requestList(requests: readonly LoggedRequest[]): Html {
  if (requests.length === 0) return html`<p class="note">No request was made.</p>`;
  return html`<section class="requests"><h3>${count(requests.length, 'request')}</h3>
    <ol>${requests.map(exchange)}</ol></section>`;
}
