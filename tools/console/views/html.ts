import { html } from 'hono/html';

/** A piece of a page. Values in an `html` template are escaped, unless they are such pieces themselves. */
export type Html = ReturnType<typeof html>;

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** Formats numbers with grouped thousands: `12,000`. */
export const grouped = new Intl.NumberFormat('en');

/** Draws a point in time: the time of day if it is today, otherwise the date. */
export function timeElement(at: Date): Html {
  const isToday = day.format(at) === day.format(new Date());
  return html`<time datetime="${at.toISOString()}">${(isToday ? time : day).format(at)}</time>`;
}

/** Returns a number with its noun: `1 contact`, `12,000 contacts`. */
export function count(number: number, noun: string): string {
  return `${grouped.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Draws a list of names and values. */
export function pairs(values: Readonly<Record<string, string>>): Html {
  return html`<dl class="pairs">${Object.entries(values).map(
    ([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`,
  )}</dl>`;
}

/** Indents JSON. Returns any other text unchanged. */
export function formatJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
