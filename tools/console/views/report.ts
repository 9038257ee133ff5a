import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import type { Report } from '../run-queue.ts';
import { failureCard, kindOf, type Tested } from './failure.ts';
import { count, type Html } from './html.ts';
import { requestList } from './requests.ts';

/** The names of what a run outputs, by the keys that Zapier gives it; a result that is no object has the key ''. */
type Labels = Step['outputLabels'];

/** More results than this are in the JSON only. */
const shownItems = 10;

/** The leaves of a result under the keys that Zapier gives them: `custom_fields__phone`. */
function* leaves(value: unknown, path: string[] = []): Generator<[path: string[], text: string]> {
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  if (isPlainList || typeof value !== 'object' || value === null) {
    yield [path, isPlainList ? value.join(', ') : String(value ?? '')];
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* leaves(inner, [...path, key]);
}

function table(item: unknown, labels: Labels): Html {
  return html`<table><thead><tr><th scope="col">Output</th><th scope="col">Value</th></tr></thead><tbody>
    ${[...leaves(item)].map(
      ([path, text]) =>
        html`<tr><th scope="row">${labels.get(path.join('__')) ?? path.join(' › ')}</th>
          <td dir="auto">${text === '' ? html`<span class="muted">empty</span>` : text}</td></tr>`,
    )}
  </tbody></table>`;
}

function resultView(result: unknown, labels: Labels): Html {
  const items = [result].flat();
  if (items.length === 0) {
    return html`<p class="sentence">Nothing was found. The Zap goes on or stops here, as its owner has chosen.</p>`;
  }
  const [first, ...others] = items.slice(0, shownItems);
  const left = items.length - shownItems;
  return html`${table(first, labels)}
    ${others.map(
      (item, index) =>
        html`<details class="item"><summary>Result ${index + 2} of ${items.length}</summary>${table(item, labels)}</details>`,
    )}
    ${left > 0 && html`<p class="note">${count(left, 'more result')} in the JSON below.</p>`}
    <details class="item"><summary>JSON</summary><pre tabindex="0">${JSON.stringify(result, null, 2)}</pre></details>`;
}

function headline({ outcome }: Report): { title: string; tone: string } {
  if ('failure' in outcome) return kindOf(outcome.failure);
  if (!Array.isArray(outcome.result)) return { title: 'Success', tone: 'good' };
  return outcome.result.length === 0
    ? { title: 'Nothing found', tone: 'wait' }
    : { title: `Success: ${count(outcome.result.length, 'result')}`, tone: 'good' };
}

/** The report in one sentence, for a screen reader to read out; replaces the last one. */
function announcement({ outcome }: Report, title: string): Html {
  const text = 'failure' in outcome ? `${title}. ${outcome.failure.sentence}` : title;
  return html`<hx-partial hx-target="#announcement" hx-swap="innerHTML">${text}</hx-partial>`;
}

/** What came of a run: its result under these labels or its failure, the time, and its requests. */
export function reportPanel(report: Report, labels: Labels, tested?: Tested): Html {
  const { outcome, ms, requests } = report;
  const { title, tone } = headline(report);
  return html`<section class="card report ${tone}" aria-labelledby="report-title">
    <header><h2 id="report-title" tabindex="-1" autofocus><span class="badge ${tone}">${title}</span></h2>
      <span class="muted">${Math.round(ms)} ms</span></header>
    ${'failure' in outcome ? failureCard(outcome.failure, tested) : resultView(outcome.result, labels)}
    ${requestList(requests)}
  </section>${announcement(report, title)}`;
}

/** An error of the console itself, where a report would be. */
export function errorPanel(sentence: string): Html {
  return html`<section class="card report bad" aria-labelledby="report-title">
    <header><h2 id="report-title" tabindex="-1" autofocus><span class="badge bad">Not done</span></h2></header>
    <p class="sentence">${sentence}</p>
  </section><hx-partial hx-target="#announcement" hx-swap="innerHTML">${sentence}</hx-partial>`;
}
