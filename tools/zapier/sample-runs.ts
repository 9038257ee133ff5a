import { readdirSync } from 'node:fs';
import * as schema from 'zod';
import type { Integration, Run } from './runner.ts';

const body = schema.record(schema.string(), schema.unknown());
const pairs = schema.record(schema.string(), schema.string());
const texts = schema.array(schema.string());
const inputs = schema.record(schema.string(), schema.union([schema.string(), texts, pairs]));
/** Inputs that may be line items too. */
const allInputs = schema.record(
  schema.string(),
  schema.union([schema.string(), texts, pairs, schema.array(pairs)]),
);
type Inputs = schema.infer<typeof allInputs>;
const line = schema.string().regex(/^(?:GET|POST|PUT|DELETE) (?:\/|\{path\})/);

const requestSchema = schema.strictObject({
  request: line,
  body: body.optional(),
  /** True if sending the request twice would do its work twice. */
  unrepeatable: schema.boolean().optional(),
});
type KnownRequest = schema.infer<typeof requestSchema>;

/** The plain object that a file in `test/samples` exports as `sampleRun`. */
const sampleRunSchema = schema.strictObject({
  /**
   * Inputs with which the operation succeeds on a sandbox with at least 100 contacts. `nobody` is a value that no
   * contact has.
   */
  inputData: inputs,
  /**
   * The fewest requests that the API allows for it, in order, below `/api/v1`: `POST /contact/{contact_id}/tags`.
   * `{contact_id}` stands for that input, or for any text if no input has this name; `{path}` stands for any path.
   */
  requests: schema.array(requestSchema).min(1),
  /** True if the last of these requests is a POST that would do its work twice if it were sent twice. */
  unrepeatable: schema.boolean().default(false),
  /** Runs with other or more inputs, by name. Their last request or its body differs, or more requests follow. */
  variants: schema
    .record(
      schema.string(),
      schema.strictObject({
        inputData: allInputs,
        /** More fields of the connection. */
        authData: schema.record(schema.string(), schema.string()).optional(),
        /** The requests before the last one, instead of the sample run's. */
        earlierRequests: schema.array(requestSchema).optional(),
        lastRequest: line.optional(),
        lastBody: body.optional(),
        furtherRequests: schema.array(requestSchema).default([]),
      }),
    )
    .default({}),
  /** Inputs with which a search finds nothing. */
  findsNothing: inputs.optional(),
});

/** A run of an operation, and the requests that it makes. */
export interface KnownRun {
  /** The operation's key and the variant's name: `send_message, image`. */
  name: string;
  /** The operation's place, such as `creates.send_message`. */
  place: string;
  inputData: Inputs;
  authData?: Run['authData'] | undefined;
  /** True if its first requests differ from the sample run's. */
  beginsOtherwise?: boolean;
  meta?: Run['meta'];
  requests: KnownRequest[];
}

/** An operation's sample run, its variants included. */
export interface SampleRun extends schema.infer<typeof sampleRunSchema> {
  place: string;
  /** The run with `inputData`, then one for each variant. */
  runs: [KnownRun, ...KnownRun[]];
}

function readSampleRun(place: string, exported: unknown): SampleRun {
  const { data: sample, error } = sampleRunSchema.safeParse(exported);
  if (!sample) throw new Error(`The sample of ${place} does not fit: ${schema.prettifyError(error)}`);
  const { inputData, requests, unrepeatable } = sample;
  const key = place.replace(/^\w+\./, '');
  const before = requests.slice(0, -1);
  const withLast = (last: KnownRequest) => [
    ...before,
    { ...last, unrepeatable: unrepeatable && last.request.startsWith('POST') },
  ];
  const { request = '', body } = requests.at(-1) ?? {};
  const first = { name: key, place, inputData, requests: withLast({ request, body }) };
  const others = Object.entries(sample.variants).map(([name, variant]): KnownRun => {
    const { authData, earlierRequests, lastRequest = request, lastBody = body, furtherRequests } = variant;
    const last = withLast({ request: lastRequest, body: lastBody });
    return {
      name: `${key}, ${name}`,
      place,
      inputData: { ...inputData, ...variant.inputData },
      authData,
      beginsOtherwise: earlierRequests !== undefined,
      requests: [...(earlierRequests ? [...earlierRequests, ...last.slice(-1)] : last), ...furtherRequests],
    };
  });
  return { ...sample, place, runs: [first, ...others] };
}

const root = new URL('../../', import.meta.url);

/** Loads every operation's sample run, from the file in `test/samples` with the operation's name. */
export const sampleRuns: SampleRun[] = [];
for (const type of ['triggers', 'searches', 'creates']) {
  for (const file of readdirSync(new URL(type, root)).sort()) {
    // They load one after another, because Jest cannot load modules in parallel if they import the same ones.
    const { sampleRun } = await import(new URL(`test/samples/${file}`, root).href);
    sampleRuns.push(readSampleRun(`${type}.${file.replace('.ts', '')}`, sampleRun));
  }
}

/** Returns the sample run of one operation. Throws if there is none. */
export function sampleRunOf(place: string): SampleRun {
  const found = sampleRuns.find((sample) => sample.place === place);
  if (!found) throw new Error(`There is no ${place}.`);
  return found;
}

/** Returns a run of every search-or-create pair whose search finds nothing, so that its create runs. */
export function searchOrCreateRuns({ searchOrCreates = {} }: Integration): KnownRun[] {
  return Object.values(searchOrCreates).map(({ search, create }) => {
    const [sample] = sampleRunOf(`creates.${create}`).runs;
    return {
      ...sample,
      name: `${search} or ${create}`,
      inputData: { ...sample.inputData, ...sampleRunOf(`searches.${search}`).findsNothing },
      meta: { withSearch: search },
      // The step outputs the contact as the search would find it, which takes one more request.
      requests: [
        ...sample.requests.map(({ body: _, ...request }) => request),
        { request: 'GET /contact/{id}' },
      ],
    };
  });
}

/** Returns a run of each dropdown that asks the API for its choices, with its operation's sample inputs. */
export function dropdownRuns({
  triggers,
  searches,
  creates,
}: Integration): { place: string; inputData: Inputs }[] {
  const operations = { ...triggers, ...searches, ...creates };
  return sampleRuns.flatMap(({ place, inputData }) => {
    const fields: unknown[] = Object(operations[place.replace(/^\w+\./, '')]?.operation).inputFields ?? [];
    return fields.map(Object).flatMap(({ key, choices }, number) =>
      // The list of contacts is always empty, because the API cannot list them.
      typeof choices?.perform === 'function' && key !== 'contact_id'
        ? [{ place: `${place}.operation.inputFields.${number}.choices.perform`, inputData }]
        : [],
    );
  });
}

/** Returns a pattern for a line like `POST /contact/{contact_id}/tags`, with a named group for each name in braces. */
export function patternOf(request: string): RegExp {
  const parts = request.split(/(\{\w+\})/).map((part, place) => {
    if (place % 2 === 0) return part.replaceAll(/[/?.]/g, '\\$&');
    return part === '{path}' ? '\\/.*' : `(?<${part.slice(1, -1)}>[^/?#&]+)`;
  });
  return new RegExp(`^${parts.join('')}$`);
}
