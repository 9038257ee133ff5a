import { html } from 'hono/html';
import { count } from '../../../src/failures/wording.ts';
import type { LoggedRequest } from '../../sandbox/log.ts';
import { type Html, pretty } from './html.ts';

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
    <pre tabindex="0">${headerLines(headers)}${body && `\n\n${pretty(body)}`}</pre>
    <h4>Answer</h4>
    <pre tabindex="0">${status === null ? 'None came.' : pretty(answer) || 'Empty.'}</pre>
  </details></li>`;
}

/** Every request of a run and its answer, as they went over the wire. */
export function wireLog(wire: readonly LoggedRequest[]): Html {
  if (wire.length === 0) return html`<p class="note">No request was made.</p>`;
  return html`<section class="wire"><h3>${count(wire.length, 'request')} on the wire</h3>
    <ol>${wire.map(exchange)}</ol></section>`;
}
