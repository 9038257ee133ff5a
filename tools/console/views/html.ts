import { html } from 'hono/html';

/** A piece of a page. What is put into an `html` template is escaped, unless it is a piece of a page itself. */
export type Html = ReturnType<typeof html>;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A moment, as people write it: the time today, the day before that. */
export function moment(at: Date): Html {
  const isToday = day.format(at) === day.format(new Date());
  return html`<time datetime="${at.toISOString()}">${(isToday ? time : day).format(at)}</time>`;
}

/** JSON for people to read; other text as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
