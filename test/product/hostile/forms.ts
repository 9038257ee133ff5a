import fc from 'fast-check';
import * as schema from 'zod';
import type { Integration, Run, Runner } from '../../../tools/zapier/runner.ts';
import { patternOf, type SampleRun, sampleRunOf, sampleRuns } from '../../../tools/zapier/sample-runs.ts';
import { input, withSpecialInputs } from './arbitraries.ts';

const fieldSchema = schema.object({
  key: schema.string(),
  type: schema.string().optional(),
  list: schema.boolean().default(false),
  dict: schema.boolean().default(false),
  required: schema.boolean().default(false),
  altersDynamicFields: schema.boolean().default(false),
  choices: schema
    .union([
      schema.array(schema.string()),
      schema.record(schema.string(), schema.string()).transform(Object.keys),
    ])
    .catch([]),
  /** The fields of a line item. A getter, because the schema refers to itself. */
  get children() {
    return schema.array(fieldSchema).default([]);
  },
});
type Field = schema.infer<typeof fieldSchema>;

/** A form of an operation: how to fill it with hostile inputs, and which requests are allowed in response. */
export interface HostileForm {
  name: string;
  place: string;
  meta: Run['meta'];
  inputs: fc.Arbitrary<Record<string, unknown>>;
  /** The keys of the inputs without choices. Each of them is also tried with a very long text. */
  freeInputs: string[];
  /** The patterns of the allowed requests, such as `POST /contact/{contact_id}/tags`. */
  requests: string[];
  /** Returns the largest number of requests that these inputs justify. */
  mostRequests: (inputs: Record<string, unknown>) => number;
}

/** Generates values for a field. Many are valid, because one refused field would hide how the others are handled. */
function arbitraryOf({ key, type, list, dict, required, choices, children }: Field): fc.Arbitrary<unknown> {
  if (children.length > 0) {
    const items = fc.record(Object.fromEntries(children.map((child) => [child.key, arbitraryOf(child)])));
    return fc.oneof({ weight: 9, arbitrary: fc.array(items, { maxLength: 3 }) }, input('list'));
  }
  const kind = list ? 'list' : dict ? 'pairs' : 'text';
  const working = type === 'boolean' ? ['yes', false] : choices;
  const any = withSpecialInputs(key, input(kind));
  const often =
    working.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...working) }, any) : any;
  return required ? often : fc.option(often, { nil: undefined, freq: 2 });
}

async function fieldsOf(run: Runner, place: string, inputData = {}): Promise<Field[]> {
  return schema.array(fieldSchema).parse(await run(`${place}.operation.inputFields`, { inputData }));
}

/** Counts the texts in inputs. Commas and line breaks separate texts, because inputs such as Tags are split there. */
function countTexts(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + countTexts(inner), 0)
    : String(value).split(/[,\n\v\f\r\u0085\u2028\u2029]/).length;
}

function formOf(
  sample: SampleRun,
  fields: Field[],
  name: string,
  chosen: Record<string, string> = {},
): HostileForm {
  const { place, runs, more, mostRequests } = sample;
  const usual = Math.max(mostRequests, ...runs.map(({ requests }) => requests.length));
  const forms = runs.flatMap(({ requests }) => requests.map(({ request }) => request));
  const constants = Object.entries(chosen).map(([key, value]) => [key, fc.constant(value)]);
  const free = fields.filter(({ key }) => !(key in chosen));
  return {
    name,
    place,
    meta: {},
    inputs: fc.record(
      Object.fromEntries([...free.map((field) => [field.key, arbitraryOf(field)]), ...constants]),
    ),
    freeInputs: free.filter(({ choices }) => choices.length === 0).map(({ key }) => key),
    requests: [...new Set([...forms, ...more.flatMap(({ requests }) => requests)])],
    mostRequests(inputs) {
      // Remove Tags removes a text and its comma-separated parts, in two Unicode forms: up to four tags for each text.
      const texts = countTexts(inputs) * (place === 'creates.remove_tags' ? 4 : 1);
      return more.reduce((sum, { size, requests }) => sum + Math.ceil(texts / size) * requests.length, usual);
    },
  };
}

/** Returns the forms of an operation: one for each choice that changes which fields are shown, and one with any choice. */
async function formsOf(
  run: Runner,
  sample: SampleRun,
  chosen: Record<string, string> = {},
): Promise<HostileForm[]> {
  const fields = await fieldsOf(run, sample.place, chosen);
  const deciding = fields.find(({ key, altersDynamicFields }) => altersDynamicFields && !(key in chosen));
  const narrower = (deciding?.choices ?? []).map((choice) =>
    formsOf(run, sample, { ...chosen, [deciding?.key ?? '']: choice }),
  );
  const name = [sample.place, ...Object.values(chosen)].join(', ');
  return [formOf(sample, fields, name, chosen), ...(await Promise.all(narrower)).flat()];
}

/** Returns the form of a search-or-create step. It runs as the create does after the search has found nothing. */
async function pairForm(run: Runner, search: string, create: string): Promise<HostileForm> {
  const sample = sampleRunOf(`creates.${create}`);
  const [searched, fields] = await Promise.all([
    fieldsOf(run, `searches.${search}`),
    fieldsOf(run, sample.place),
  ]);
  const isSearched = ({ key }: { key: string }) => searched.some((field) => field.key === key);
  const all = [...searched, ...fields.filter((field) => !isSearched(field))];
  const form = formOf(sample, all, `${search} or ${create}`);
  return {
    ...form,
    meta: { withSearch: search },
    requests: [...form.requests, 'GET /contact/{id}'],
    mostRequests: (inputs) => form.mostRequests(inputs) + 1,
  };
}

/** Returns the forms of all operations and of all search-or-create steps. */
export async function collectForms(
  run: Runner,
  { searchOrCreates = {} }: Integration,
): Promise<HostileForm[]> {
  const operations = await Promise.all(sampleRuns.map((sample) => formsOf(run, sample)));
  const pairs = Object.values(searchOrCreates).map(({ search, create }) => pairForm(run, search, create));
  return [...operations.flat(), ...(await Promise.all(pairs))];
}

/** True if a request, written as `METHOD path`, matches one of the patterns that the form allows. */
export function isAllowed({ requests }: HostileForm, line: string): boolean {
  return requests.some((request) => patternOf(request).test(line));
}
