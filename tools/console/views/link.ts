import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Draws a link to another page of steps, which leaves the contacts beside it untouched. `request` fetches that page. */
export function link(
  place: string,
  label: string,
  attributes: Html | '' = '',
  request: Html = html`hx-get="/?step=${place}"`,
): Html {
  const url = `/?step=${place}`;
  return html`<a href="${url}" ${attributes} ${request} hx-target="#left" hx-select="#left"
    hx-swap="outerHTML show:top showTarget:#step" hx-push-url="${url}">${label}</a>`;
}
