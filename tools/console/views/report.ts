import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import type { Report } from '../run-queue.ts';
import { failureCard, kindOf, type Tested } from './failure.ts';
import { count, type Html } from './html.ts';
import { foldedRequests, sentMessages } from './requests.ts';

/** The labels of a run's outputs, by Zapier's keys. A result that is not an object has the key ''. */
type Labels = Step['outputLabels'];

/** The number of items of a list that are open. The others are folded into one. */
const openItems = 3;

/** Flattens a result to Zapier's keys, such as `custom_fields__phone`. A list of objects stays whole. */
function* leaves(value: unknown, path: string[] = []): Generator<[path: string[], value: unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield [path, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
}

const isLineItems = (value: unknown): value is object[] =>
  Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);

function row(label: string, value: unknown): Html {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return html`<tr><th scope="row">${label}</th>
    <td dir="auto">${text === '' ? html`<span class="muted">empty</span>` : text}</td></tr>`;
}

/** Draws a result's values, and below them its line items, for example those of Find Contacts. */
function table(item: unknown, labels: Labels): Html {
  const named = [...leaves(item)].map(([path, value]) => {
    // The definition has no labels of custom fields. Zapier shows them under their IDs.
    const label = labels.get(path.join('__')) ?? path.join(' › ').replace(/^custom_fields › /, '');
    return { label, value };
  });
  return html`<table><thead><tr><th scope="col">Output</th><th scope="col">Value</th></tr></thead><tbody>
    ${named.filter(({ value }) => !isLineItems(value)).map(({ label, value }) => row(label, value))}</tbody></table>
    ${named.map(({ label, value }) => isLineItems(value) && itemList(label.replace(/s$/, ''), value, labels))}`;
}

/** Draws items of one kind, such as "Contact": the first ones open, the others folded. */
function itemList(noun: string, items: readonly unknown[], labels: Labels): Html {
  const views = items.map(
    (item, index) =>
      html`<details class="item" ${index < openItems && 'open'}><summary>${noun} ${index + 1} of ${items.length}</summary>${table(item, labels)}</details>`,
  );
  const left = items.length - openItems;
  return html`${views.slice(0, openItems)}
    ${left > 0 && html`<details class="item more"><summary>${count(left, `more ${noun.toLowerCase()}`)}</summary>${views.slice(openItems)}</details>`}`;
}

function resultView(result: unknown, labels: Labels, tested?: Tested): Html {
  const items = [result].flat();
  if (items.length === 0) {
    return html`<p class="sentence">${
      tested === 'trigger'
        ? 'No contact has this value yet. In Zapier, the test shows the sample contact instead.'
        : 'Nothing was found. The Zap goes on or stops here, as its owner has chosen.'
    }</p>`;
  }
  return html`${items.length === 1 ? table(items[0], labels) : itemList('Result', items, labels)}
    <details class="item"><summary>JSON</summary><pre tabindex="0">${JSON.stringify(result, null, 2)}</pre></details>`;
}

function headline({ outcome }: Report): { title: string; tone: string } {
  if ('failure' in outcome) return kindOf(outcome.failure);
  if (!Array.isArray(outcome.result)) return { title: 'Success', tone: 'good' };
  return outcome.result.length === 0
    ? { title: 'Nothing found', tone: 'wait' }
    : { title: `Success: ${count(outcome.result.length, 'result')}`, tone: 'good' };
}

/** Draws the report's one sentence for screen readers. It replaces the last one. */
function announcement({ outcome }: Report, title: string): Html {
  const text = 'failure' in outcome ? `${title}. ${outcome.failure.sentence}` : title;
  return html`<hx-partial hx-target="#announcement" hx-swap="innerHTML">${text}</hx-partial>`;
}

/** Draws a run's report: its result, under these labels, or its failure; its time and its requests. */
export function reportPanel(report: Report, labels: Labels, tested?: Tested): Html {
  const { outcome, ms } = report;
  const { title, tone } = headline(report);
  return html`<section class="card report ${tone}" aria-labelledby="report-title">
    <header><h2 id="report-title" tabindex="-1" autofocus><span class="badge ${tone}">${title}</span></h2>
      ${sentMessages([report])}<span class="muted">${Math.round(ms)} ms</span></header>
    ${'failure' in outcome ? failureCard(outcome.failure, tested) : resultView(outcome.result, labels, tested)}
    ${foldedRequests(report)}
  </section>${announcement(report, title)}`;
}

/** Draws an error of the console itself, in the report's place. */
export function errorPanel(sentence: string): Html {
  return html`<section class="card report bad" aria-labelledby="report-title">
    <header><h2 id="report-title" tabindex="-1" autofocus><span class="badge bad">Not done</span></h2></header>
    <p class="sentence">${sentence}</p>
  </section><hx-partial hx-target="#announcement" hx-swap="innerHTML">${sentence}</hx-partial>`;
}
