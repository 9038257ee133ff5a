import { html } from 'hono/html';

/** A piece of a page. What is put into an `html` template is escaped, unless it is a piece of a page itself. */
export type Html = ReturnType<typeof html>;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** Numbers with their thousands grouped: `12,000`. */
export const grouped = new Intl.NumberFormat('en');

/** A point in time: today's as a time of day, earlier ones as a date. */
export function timeElement(at: Date): Html {
  const isToday = day.format(at) === day.format(new Date());
  return html`<time datetime="${at.toISOString()}">${(isToday ? time : day).format(at)}</time>`;
}

/** A number with its noun: `1 contact`, `12,000 contacts`. */
export function count(number: number, noun: string): string {
  return `${grouped.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Values with their names, as a list. */
export function pairs(values: Readonly<Record<string, string>>): Html {
  return html`<dl class="pairs">${Object.entries(values).map(
    ([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`,
  )}</dl>`;
}

/** JSON with indentation; text that is no JSON is returned as it is. */
export function formatJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
