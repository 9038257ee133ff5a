import assert from 'node:assert/strict';
import { type KnownRun, patternOf, type SampleRun } from '../../../tools/zapier/sample-runs.ts';
import type { RecordedRequest } from '../../support/recorder.ts';

const wholeBody = 'the whole body';

/** Where the values of an input are found in a run's requests, and how the input holds them. */
export interface Arrival {
  key: string;
  /** A key of `findValues`; for pairs the start of one, which their names follow. */
  location: string;
  kind: 'value' | 'list' | 'pairs';
  isTrimmed: boolean;
  isSplit: boolean;
}

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

const isNamedValue = (item: unknown) => ['name', 'value'].every((key) => Object.hasOwn(Object(item), key));

/** The texts of a JSON body under their keys: `body › template › name`. Lists add no key; a name and its value are a pair. */
function* leaves(value: unknown, location = 'body'): Generator<[location: string, text: string]> {
  if (typeof value !== 'object' || value === null) {
    yield [location, String(value)];
  } else if (Array.isArray(value)) {
    for (const item of value) {
      const isPair = isNamedValue(item);
      yield* leaves(isPair ? item.value : item, isPair ? `${location} › ${item.name}` : location);
    }
  } else {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${location} › ${key}`);
  }
}

/** All values of some requests, by where they stand: in the path or query as a form names them, or in the body. */
export function findValues(requests: RecordedRequest[], forms: string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (location: string, text: string) =>
    found.set(location, (found.get(location) ?? new Set()).add(text));
  for (const { method, url, body } of requests) {
    const line = `${method} ${url.replace('/api/v1', '')}`;
    const groups = forms.map((form) => patternOf(form).exec(line)?.groups ?? {});
    for (const [name, text] of groups.flatMap(Object.entries)) add(`{${name}}`, decodeURIComponent(text));
    add(wholeBody, body);
    if (body) for (const [location, text] of leaves(JSON.parse(body))) add(location, text);
  }
  return found;
}

/** Where one input of a known run arrives, if a text of it stands in the run's requests. */
function locate(key: string, value: KnownRun['inputData'][string], forms: string, texts: [string, string][]) {
  const kind = typeof value === 'string' ? 'value' : Array.isArray(value) ? 'list' : 'pairs';
  // A whole path may be completed: `contact` and `/v1/contact` are sent as `/contact`.
  if (forms.includes(' {path}') && key === 'path') return undefined;
  if (forms.includes(`{${key}}`)) return { key, kind, location: `{${key}}` } as const;
  const [name = '', text] = kind === 'pairs' ? (Object.entries(value)[0] ?? []) : ['', [value].flat()[0]];
  const [found] = texts.find(([location, sent]) => sent === text && location.endsWith(name)) ?? [];
  return found && ({ key, kind, location: found.slice(0, found.length - name.length) } as const);
}

/** Where a run whose requests are known shows that its inputs arrive. An input that it does not show is not checked. */
function arrivalsOf({ inputData, requests }: KnownRun, { trimmed, split }: SampleRun): Arrival[] {
  const forms = requests.map(({ request }) => request).join(' ');
  const bodies = requests.flatMap(({ body }) => body ?? []);
  const texts = bodies.flatMap((body) => [
    ...leaves(body),
    [wholeBody, JSON.stringify(body)] as [string, string],
  ]);
  return Object.entries(inputData).flatMap(([key, value]) => {
    const located = locate(key, value, forms, texts);
    return located ? [{ ...located, isTrimmed: trimmed.includes(key), isSplit: split.includes(key) }] : [];
  });
}

/** The arrivals that an operation's sample run and its variants show. */
export function knownArrivals(sample: SampleRun): Arrival[] {
  const arrivals = sample.runs.flatMap((run) => arrivalsOf(run, sample));
  return [...new Map(arrivals.map((arrival) => [arrival.key + arrival.location, arrival])).values()];
}

/** Throws where an input did not arrive as it was typed, or where something arrived in its place that was not typed. */
export function assertArrivals(
  arrivals: Arrival[],
  inputs: Record<string, unknown>,
  values: Map<string, Set<string>>,
): void {
  for (const { key, location, kind, isTrimmed, isSplit } of arrivals) {
    const typed = inputs[key];
    if (kind === 'pairs') {
      for (const [name, value] of Object.entries(Object(typed))) {
        if (isFilled(value)) assert.deepEqual(values.get(location + name), new Set([String(value)]));
      }
      continue;
    }
    const texts = [typed]
      .flat()
      .filter(isFilled)
      .flatMap((value) => (isSplit ? String(value).split(/[,\n\r]/) : [String(value)]));
    const sent = texts
      .map((text) => (isTrimmed || (location === wholeBody && text.trim() === '') ? text.trim() : text))
      .filter((text) => kind !== 'list' || text.trim() !== '');
    if (sent.length > 0) assert.deepEqual(values.get(location), new Set(sent));
  }
}
