import * as schema from 'zod';
import type { Integration } from '../../tools/zapier/runner.ts';
import type { Channel } from '../support/channel.ts';
import { readProse, rowsOf } from './markdown.ts';

/** A step of a recipe: its number, what it is called, and its fields as the table writes them. */
interface Step {
  number: string;
  name: string;
  fields: [label: string, written: string][];
}

/** The table of a recipe, read from a guide. */
export type Recipe = Step[];

/** The recipes of a guide, in their order. */
export function readRecipes(guide: string): Recipe[] {
  const sections = readProse(guide)
    .split(/^#{2,3} /m)
    .filter((section) => /^(?:Recipe|Receta) \d/.test(section));
  return sections.map((section) => {
    const steps: Recipe = [];
    for (const [step = '', label = '', written = ''] of rowsOf(section).slice(1)) {
      const [, number, name] = /^(\d)\. (.+)$/.exec(step) ?? [];
      if (number && name) steps.push({ number, name: name.replaceAll('**', ''), fields: [] });
      if (label !== '') steps.at(-1)?.fields.push([label, written]);
    }
    return steps;
  });
}

const fieldSchema = schema.object({
  key: schema.string(),
  label: schema.string(),
  list: schema.boolean().default(false),
  dict: schema.boolean().default(false),
  choices: schema.record(schema.string(), schema.string()).optional().catch(undefined),
});
type Field = schema.infer<typeof fieldSchema>;

const display = schema.object({ label: schema.string() });
const outputSchema = schema.object({ key: schema.string(), label: schema.string() });
const operationsSchema = schema.record(
  schema.string(),
  schema.object({ display, operation: schema.object({ outputFields: schema.array(outputSchema) }) }),
);
const definitionSchema = schema.object({
  triggers: operationsSchema,
  searches: operationsSchema,
  creates: operationsSchema,
  searchOrCreates: schema.record(
    schema.string(),
    schema.object({ display, search: schema.string(), create: schema.string() }),
  ),
});

/** What of the definition a step with this label runs: one operation, or a search and a create; and what it gives. */
function findOperation(integration: Integration, label: string) {
  const { searchOrCreates, ...types } = definitionSchema.parse(integration);
  const both = Object.values(searchOrCreates).find((pair) => pair.display.label === label);
  const wanted = both ? types.searches[both.search]?.display.label : label;
  for (const [type, operations] of Object.entries(types)) {
    for (const [key, { display, operation }] of Object.entries(operations)) {
      if (display.label === wanted) {
        const create = both && `creates.${both.create}`;
        return { place: `${type}.${key}`, key, create, outputs: operation.outputFields };
      }
    }
  }
  throw new Error(`The integration has no "${label}".`);
}

/** What each step gave, by the label that a Zap's editor shows. */
type Outputs = Record<string, Record<string, unknown>>;

/** Puts what earlier steps gave in the place of `[2. Contact ID]`. */
function fill(written: string, outputs: Outputs): string {
  return written.replaceAll('`', '').replaceAll(/\[(\d)\. ([^\]]+)\]/g, (pill, step, label) => {
    const value = outputs[step]?.[label];
    if (value === undefined) throw new Error(`No step gives ${pill}.`);
    return String(value);
  });
}

/** A field's value as Zapier hands it on: a list for several boxes, an object for pairs, a choice's key for its label. */
function readInput(field: Field, written: string, outputs: Outputs): unknown {
  const boxes = written.split('<br>').map((box) => fill(box, outputs));
  if (field.dict) return Object.fromEntries(boxes.map((box) => box.split(' = ')));
  if (field.list) return boxes;
  const [value = ''] = boxes;
  if (!field.choices) return value;
  const [choice] = Object.entries(field.choices).find(([, label]) => label === value) ?? [];
  if (!choice) throw new Error(`${field.label} has no choice "${value}".`);
  return choice;
}

const itemSchema = schema.looseObject({ id: schema.string() });
const itemsSchema = schema.union([schema.array(itemSchema), itemSchema.transform((item) => [item])]);

/** A Zap made after a recipe. Steps of other apps give what the test says. */
export class Zap {
  readonly #channel: Channel;
  readonly #integration: Integration;
  readonly #recipe: Recipe;

  constructor(channel: Channel, integration: Integration, recipe: Recipe) {
    this.#channel = channel;
    this.#integration = integration;
    this.#recipe = recipe;
  }

  /** Runs the Zap once, up to its end or to the filter that stops it. `trigger` is what its first step gives. */
  async run(trigger: Record<string, unknown>): Promise<void> {
    const outputs: Outputs = { 1: trigger };
    for (const step of this.#recipe.slice(1)) {
      if (step.name === 'Filter by Zapier') {
        if (step.fields.some(([, rule]) => fill(rule, outputs) !== 'true (Boolean) Is true')) return;
        continue;
      }
      outputs[step.number] = (await this.#perform(step, outputs))[0] ?? {};
    }
  }

  /** Polls the first step, where it is a trigger of this integration. */
  async poll(isPopulatingDedupe = false): Promise<Record<string, unknown>[]> {
    const [trigger] = this.#recipe;
    return trigger ? this.#perform(trigger, {}, { isPopulatingDedupe }) : [];
  }

  /** Runs a step of this integration as Zapier does: a search first, and the create where it finds nothing. */
  async #perform({ name, fields }: Step, outputs: Outputs, meta = {}): Promise<Record<string, unknown>[]> {
    const operation = findOperation(this.#integration, name);
    const parts = [operation.place, ...(operation.create ? [operation.create] : [])];
    const inputData: Record<string, unknown> = {};
    for (const [label, written] of fields) {
      // What has been filled in so far decides which fields the form shows.
      const form = await Promise.all(
        parts.map((part) => this.#channel.run(`${part}.operation.inputFields`, inputData)),
      );
      const field = schema
        .array(fieldSchema)
        .parse(form.flat())
        .find((known) => known.label === label);
      if (!field) throw new Error(`${name} has no field "${label}".`);
      inputData[field.key] = readInput(field, written, outputs);
    }
    let items = itemsSchema.parse(await this.#channel.run(operation.place, inputData, { meta }));
    if (items.length === 0 && operation.create) {
      const withSearch = { meta: { withSearch: operation.key } };
      items = itemsSchema.parse(await this.#channel.run(operation.create, inputData, withSearch));
    }
    return items.map((item) =>
      Object.fromEntries(
        operation.outputs.map(({ key, label }) => [
          label,
          key.split('__').reduce<unknown>((value, part) => Reflect.get(Object(value), part), item) ?? '',
        ]),
      ),
    );
  }
}
