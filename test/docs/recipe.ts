import * as schema from 'zod';
import type { Integration, Runner } from '../../tools/zapier/runner.ts';
import { SimulatedZap, searchOrCreate } from '../../tools/zapier/simulated-zap.ts';
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
        return { place: `${type}.${key}`, create, outputs: operation.outputFields };
      }
    }
  }
  throw new Error(`The integration has no "${label}".`);
}

/** What a step gave, by the labels that a Zap's editor shows. */
function labelled(item: object, outputs: schema.infer<typeof outputSchema>[]): Record<string, unknown> {
  const valueAt = (key: string) =>
    key.split('__').reduce<unknown>((value, part) => Reflect.get(Object(value), part), item);
  return Object.fromEntries(outputs.map(({ key, label }) => [label, valueAt(key) ?? '']));
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

/** A field's value as Zapier hands it on: a list for several boxes, an object for pairs, a choice's key for its label. Text in backticks is typed. */
function readInput(field: Field, written: string, outputs: Outputs): unknown {
  const boxes = written.split('<br>').map((box) => fill(box, outputs));
  if (field.dict) return Object.fromEntries(boxes.map((box) => box.split(' = ')));
  if (field.list) return boxes;
  const [value = ''] = boxes;
  if (!field.choices || written.startsWith('`')) return value;
  const [choice] = Object.entries(field.choices).find(([, label]) => label === value) ?? [];
  if (!choice) throw new Error(`${field.label} has no choice "${value}".`);
  return choice;
}

const itemSchema = schema.looseObject({ id: schema.string() });
const itemsSchema = schema.union([schema.array(itemSchema), itemSchema.transform((item) => [item])]);

/** A Zap made after a recipe. Steps of other apps give what the test says. */
export class RecipeZap {
  readonly #run: Runner;
  readonly #integration: Integration;
  readonly #recipe: Recipe;

  constructor(run: Runner, integration: Integration, recipe: Recipe) {
    this.#run = run;
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
      outputs[step.number] = await this.#perform(step, outputs);
    }
  }

  /** Switches the Zap on, where its first step is a trigger of this integration. Each poll runs it for new items. */
  async switchOn(): Promise<{ poll: () => Promise<void> }> {
    const [step] = this.#recipe;
    if (!step) throw new Error('The recipe has no steps.');
    const { place, outputs } = findOperation(this.#integration, step.name);
    const zap = new SimulatedZap(this.#run, place, await this.#inputsOf(step, [place], {}));
    await zap.switchOn();
    return {
      poll: async () => {
        for (const item of (await zap.poll()).fired) await this.run(labelled(item, outputs));
      },
    };
  }

  /** Runs a step of this integration, and gives the first item of its result. */
  async #perform(step: Step, outputs: Outputs): Promise<Record<string, unknown>> {
    const operation = findOperation(this.#integration, step.name);
    const { place, create } = operation;
    const inputData = await this.#inputsOf(step, create ? [place, create] : [place], outputs);
    const result = create
      ? await searchOrCreate(this.#run, place, create, inputData)
      : await this.#run(place, { inputData });
    const [item] = itemsSchema.parse(result);
    return item ? labelled(item, operation.outputs) : {};
  }

  /** A step's inputs. What has been filled in so far decides which fields the forms of its parts show. */
  async #inputsOf(
    { name, fields }: Step,
    parts: string[],
    outputs: Outputs,
  ): Promise<Record<string, unknown>> {
    const inputData: Record<string, unknown> = {};
    for (const [label, written] of fields) {
      const forms = await Promise.all(
        parts.map((part) => this.#run(`${part}.operation.inputFields`, { inputData })),
      );
      const known = schema.array(fieldSchema).parse(forms.flat());
      const field = known.find((field) => field.label === label);
      if (!field) throw new Error(`${name} has no field "${label}".`);
      inputData[field.key] = readInput(field, written, outputs);
    }
    return inputData;
  }
}
