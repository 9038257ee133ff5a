import assert from 'node:assert/strict';
import { fieldIdOf } from '../../../src/inputs/field-match.ts';
import { trimmed } from '../../../src/inputs/values.ts';
import { type KnownRun, patternOf, type SampleRun } from '../../../tools/zapier/sample-runs.ts';
import type { RecordedRequest } from '../../support/recorder.ts';

const wholeBody = 'the whole body';

/** Where the values of an input are found in a run's requests, and how the input holds them. */
export interface Arrival {
  key: string;
  /** Of line items: the key of the value in each of them. */
  child?: string;
  /** A key of `findValues`; for pairs the start of one, which their names follow. */
  location: string;
  kind: 'value' | 'list' | 'pairs';
  isTrimmed: boolean;
  isSplit: boolean;
  /** A text that is split arrives whole, too. */
  isWholeToo: boolean;
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

type Texts = [location: string, text: string][];
type Located = Omit<Arrival, 'isTrimmed' | 'isSplit' | 'isWholeToo'>;

const locationOf = (sent: unknown, texts: Texts) => texts.find(([, text]) => text === sent)?.[0];

/** Where one input of a known run arrives, if its first text stands in the run's requests. */
function locate(key: string, value: KnownRun['inputData'][string], forms: string, texts: Texts): Located[] {
  // A whole path may be completed: `contact` and `/v1/contact` are sent as `/contact`.
  if (key === 'path' && forms.includes(' {path}')) return [];
  const [first] = [value].flat();
  if (typeof value === 'string' || typeof first === 'string') {
    const kind = typeof value === 'string' ? 'value' : 'list';
    const location = forms.includes(`{${key}}`) ? `{${key}}` : locationOf(first, texts);
    return location ? [{ key, kind, location }] : [];
  }
  return Object.entries(first ?? {}).flatMap(([name, text]): Located[] => {
    const location = locationOf(text, texts);
    if (!location) return [];
    return Array.isArray(value)
      ? [{ key, child: name, kind: 'list', location }]
      : [{ key, kind: 'pairs', location: location.slice(0, -name.length) }];
  });
}

/** Where a run whose requests are known shows that its inputs arrive. An input that it does not show is not checked. */
function arrivalsOf({ inputData, requests }: KnownRun, { place, ...sample }: SampleRun): Arrival[] {
  const forms = requests.map(({ request }) => request).join(' ');
  const bodies = requests.flatMap(({ body }) => body ?? []);
  const texts = bodies.flatMap((body): Texts => [...leaves(body), [wholeBody, JSON.stringify(body)]]);
  return Object.entries(inputData)
    .flatMap(([key, value]) => locate(key, value, forms, texts))
    .map((located) => {
      const name = located.child ? `${located.key}.${located.child}` : located.key;
      const isSplit = sample.split.includes(name);
      const isWholeToo = isSplit && place === 'creates.remove_tags';
      return { ...located, isTrimmed: sample.trimmed.includes(name), isSplit, isWholeToo };
    });
}

/** The arrivals that the sample run and its variants show, as far as they make the same choices as a form. */
export function knownArrivals(sample: SampleRun, chosen: Record<string, string>): Arrival[] {
  const arrivals = sample.runs.flatMap((run) => {
    const isAlike = Object.entries(chosen).every(([key, choice]) => run.inputData[key] === choice);
    // What stands in the address is there whatever is chosen.
    return arrivalsOf(run, sample).filter(({ location }) => isAlike || location.startsWith('{'));
  });
  return [...new Map(arrivals.map((arrival) => [JSON.stringify(arrival), arrival])).values()];
}

/** A list of one is that one value, and a list of none is nothing. */
const single = (value: unknown): unknown => (Array.isArray(value) && value.length < 2 ? value[0] : value);

/** A text without its invisible edges, and with its letters composed. */
const trimmedText = (text: string): string =>
  text.replace(/^[\s\p{Cc}\p{DI}\u2800]+|[\s\p{Cc}\p{DI}\u2800]+$/gu, '').normalize('NFC');

const inAddress = (text: string) => trimmed(text).replace(/[^\x21-\x7e]|["<>\\^`|]/gu, encodeURIComponent);
const onOneLine = (text: string) => text.replace(/\p{White_Space}+/gu, ' ');
const asCode = (text: string) =>
  trimmed(text)
    .toLowerCase()
    .replace('-', '_')
    .replace(/_.*/, (region) => region.toUpperCase());

/** What a message sends in another way than it was typed: by the key of the input, or of a value in line items. */
const asSent: Record<string, (text: string) => string> = {
  url: inAddress,
  template_header_url: inAddress,
  template_parameters: onOneLine,
  template_header_parameters: onOneLine,
  value: onOneLine,
  template_name: trimmed,
  template_language: asCode,
};

const lineBreaks = /[\n\v\f\r\u0085\u2028\u2029]/;

/** The texts of an input as they should arrive. */
function expectedTexts(arrival: Arrival, typed: unknown): string[] {
  const { key, child, location, kind, isTrimmed } = arrival;
  const values = [typed]
    .flat(arrival.isSplit ? 2 : 1)
    .map((item) => (child === undefined ? item : Object(item)[child]));
  return values
    .map(single)
    .filter(isFilled)
    .map(String)
    .flatMap((text) => [
      ...(arrival.isSplit ? text.split(/[,\n\v\f\r\u0085\u2028\u2029]/) : [text]).flatMap((part) =>
        key === 'replies' ? part.split(lineBreaks) : part,
      ),
      ...(arrival.isWholeToo ? [text] : []),
    ])
    .map((text) =>
      isTrimmed && !(key in asSent)
        ? trimmedText(text)
        : location === wholeBody && text.trim() === ''
          ? text.trim()
          : text,
    )
    .filter((text) => kind !== 'list' || trimmedText(text) !== '')
    .map(asSent[child ?? key] ?? ((text) => text));
}

/** Throws where an input did not arrive as it was typed, or where something arrived in its place that was not typed. */
export function assertArrivals(
  arrivals: Arrival[],
  inputs: Record<string, unknown>,
  values: Map<string, Set<string>>,
): void {
  const expected = new Map<string, Set<string>>();
  const expectAt = (location: string, text: string) =>
    expected.set(location, (expected.get(location) ?? new Set()).add(text));
  for (const arrival of arrivals) {
    const { key, location, kind, isTrimmed } = arrival;
    if (isTrimmed) values.set(location, new Set([...(values.get(location) ?? [])].map(trimmedText)));
    if (kind === 'pairs') {
      const pairs = Object.entries(Object(single(inputs[key])))
        .map(([name, value]) => [key === 'custom_fields' ? fieldIdOf(name) : name, single(value)] as const)
        .filter(([, value]) => isFilled(value));
      // Of two names that mean one field, the first counts.
      for (const [name, value] of new Map(pairs.reverse())) expectAt(location + name, String(value));
    } else {
      for (const text of expectedTexts(arrival, inputs[key])) expectAt(location, text);
    }
  }
  for (const [location, texts] of expected) assert.deepEqual(values.get(location), texts);
}
