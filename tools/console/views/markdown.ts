import { html, raw } from 'hono/html';
import { Marked, Renderer } from 'marked';
import type { Html } from './html.ts';

const renderer = new Renderer();
const escaped = (text: string) => String(html`${text}`);
// Markdown would pass HTML through; here it is shown as text.
renderer.html = ({ text }) => escaped(text);
renderer.link = ({ href, text }) =>
  /^https?:/.test(href)
    ? `<a href="${escaped(href)}" target="_blank" rel="noreferrer">${escaped(text)}</a>`
    : escaped(text);
renderer.image = ({ text }) => escaped(text);

const marked = new Marked({ renderer });

/** Help text as Zapier shows it. */
export function markdown(text: string): Html {
  return raw(marked.parse(text, { async: false }));
}
