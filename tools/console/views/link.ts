import { html } from 'hono/html';
import type { Html } from './html.ts';

/** A link to a place of the page, which leaves the channel beside it as it is. `request` gets the page there. */
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
