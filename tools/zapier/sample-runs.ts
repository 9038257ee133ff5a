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
  /** Whether it would do its work twice where it is sent twice. */
  unrepeatable: schema.boolean().optional(),
});
type KnownRequest = schema.infer<typeof requestSchema>;

/** What a file in `test/samples` exports as `sampleRun`, as a plain object. */
const sampleRunSchema = schema.strictObject({
  /**
   * Inputs with which the operation works on a channel of the sandbox with 100 contacts or more. `nobody` is a value
   * that no contact has.
   */
  inputData: inputs,
  /**
   * The fewest requests that the API allows for it, in their order: `POST /contact/{contact_id}/tags`, below `/api/v1`.
   * `{contact_id}` stands for that input, or for any text where no input has the name; a whole `{path}` for any path.
   */
  requests: schema.array(requestSchema).min(1),
  /** Whether the last of these requests, if it is a POST, would do its work twice where it is sent twice. */
  unrepeatable: schema.boolean().default(false),
  /** Runs with some other or more inputs, by name. Their last request or its body is another, or others follow it. */
  variants: schema
    .record(
      schema.string(),
      schema.strictObject({
        inputData: allInputs,
        /** What the connection has besides. */
        authData: schema.record(schema.string(), schema.string()).optional(),
        /** Requests before the last one, instead of those of the sample run. */
        earlierRequests: schema.array(requestSchema).optional(),
        lastRequest: line.optional(),
        lastBody: body.optional(),
        furtherRequests: schema.array(requestSchema).default([]),
      }),
    )
    .default({}),
  /** One request takes `size` items of `input`; more of them take more of these requests. */
  more: schema
    .array(
      schema.strictObject({
        input: schema.string(),
        size: schema.int().min(1),
        requests: schema.array(line),
      }),
    )
    .default([]),
  /** The most requests that other inputs of the same size may take, where that is more than `requests` has. */
  mostRequests: schema.int().default(1),
  /** Of a search: inputs with which it finds nothing. */
  findsNothing: inputs.optional(),
});

/** A run of an operation, and the requests that it makes. */
export interface KnownRun {
  /** The operation's key, and what distinguishes the run: `send_message, image`. */
  name: string;
  /** `creates.send_message` */
  place: string;
  inputData: Inputs;
  authData?: Run['authData'] | undefined;
  /** Whether its first requests are others than those of the sample run. */
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

/** The sample run of every operation, from the file in `test/samples` that has the operation's name. */
export const sampleRuns: SampleRun[] = [];
for (const type of ['triggers', 'searches', 'creates']) {
  for (const file of readdirSync(new URL(type, root)).sort()) {
    // One after the other: Jest cannot load modules at once that import the same ones.
    const { sampleRun } = await import(new URL(`test/samples/${file}`, root).href);
    sampleRuns.push(readSampleRun(`${type}.${file.replace('.ts', '')}`, sampleRun));
  }
}

/** The sample run of one operation. Throws where there is none. */
export function sampleRunOf(place: string): SampleRun {
  const found = sampleRuns.find((sample) => sample.place === place);
  if (!found) throw new Error(`There is no ${place}.`);
  return found;
}

/** A run of the create of every search-or-create pair, after its search has found nothing. */
export function searchOrCreateRuns({ searchOrCreates = {} }: Integration): KnownRun[] {
  return Object.values(searchOrCreates).map(({ search, create }) => {
    const [sample] = sampleRunOf(`creates.${create}`).runs;
    return {
      ...sample,
      name: `${search} or ${create}`,
      inputData: { ...sample.inputData, ...sampleRunOf(`searches.${search}`).findsNothing },
      meta: { withSearch: search },
      // It outputs what the search would have found, which takes one more request.
      requests: [
        ...sample.requests.map(({ body: _, ...request }) => request),
        { request: 'GET /contact/{id}' },
      ],
    };
  });
}

/** A run of each dropdown that asks the channel for its choices, with the inputs of its operation's sample run. */
export function dropdownRuns({
  triggers,
  searches,
  creates,
}: Integration): { place: string; inputData: Inputs }[] {
  const operations = { ...triggers, ...searches, ...creates };
  return sampleRuns.flatMap(({ place, inputData }) => {
    const fields: unknown[] = Object(operations[place.replace(/^\w+\./, '')]?.operation).inputFields ?? [];
    return fields.map(Object).flatMap(({ key, choices }, number) =>
      // The list of contacts is always empty: the API cannot list them.
      typeof choices?.perform === 'function' && key !== 'contact_id'
        ? [{ place: `${place}.operation.inputFields.${number}.choices.perform`, inputData }]
        : [],
    );
  });
}

/** The pattern of a line like `POST /contact/{contact_id}/tags`; it has a named group for each name in braces. */
export function patternOf(request: string): RegExp {
  const parts = request.split(/(\{\w+\})/).map((part, place) => {
    if (place % 2 === 0) return part.replaceAll(/[/?.]/g, '\\$&');
    return part === '{path}' ? '\\/.*' : `(?<${part.slice(1, -1)}>[^/?#&]+)`;
  });
  return new RegExp(`^${parts.join('')}$`);
}
