import * as schema from 'zod';
import { readProse, rowsOf } from './markdown-tables.ts';
import type { Integration, Runner } from './runner.ts';
import { primaryKeyOf, SimulatedZap, searchOrCreate } from './simulated-zap.ts';

/** A step of a recipe: its number, its name, and its fields as the table writes them. */
export interface RecipeStep {
  number: string;
  name: string;
  /** True for a step of this integration, whose name is bold. Steps of other apps are not run. */
  isOwn: boolean;
  fields: [label: string, written: string][];
}

/** A recipe of a guide: its heading, without the number, and the steps of its table. */
export interface Recipe {
  title: string;
  steps: RecipeStep[];
}

/** Reads the recipes of a guide, in their order. */
export function readRecipes(guide: string): Recipe[] {
  const sections = readProse(guide)
    .split(/^#{2,3} /m)
    .filter((section) => /^(?:Recipe|Receta) \d/.test(section));
  return sections.map((section) => {
    const [, first = '', rest = ''] = /^\S+ \d+: (.)(.*)/.exec(section) ?? [];
    const title = first.toUpperCase() + rest;
    const steps: RecipeStep[] = [];
    // The table of steps has three columns; a recipe's other tables have two.
    const rows = rowsOf(section).filter((cells) => cells.length === 3);
    for (const [step = '', label = '', written = ''] of rows.slice(1)) {
      const [, number, name] = /^(\d)\. (.+)$/.exec(step) ?? [];
      if (number && name)
        steps.push({ number, name: name.replaceAll('**', ''), isOwn: name.startsWith('**'), fields: [] });
      if (label !== '') steps.at(-1)?.fields.push([label, written]);
    }
    return { title, steps };
  });
}

/** Called for every step that a Zap comes to. If one of the functions throws, the Zap ends. */
export interface RecipeObserver {
  /** Runs a step of this integration: `act` makes its requests and returns its result. */
  perform: (step: RecipeStep, given: GivenToStep, act: () => Promise<unknown>) => Promise<unknown>;
  /** A filter has let the Zap go on, or has stopped it. */
  filter: (step: RecipeStep, filled: FilledIn, goesOn: boolean) => Promise<void>;
  /** The Zap has come to a step of another app, which is not run. */
  otherApp: (step: RecipeStep, filled: FilledIn) => Promise<void>;
}

/** A step's fields as a Zap's editor shows them, by label, with the run's values. */
export type FilledIn = Record<string, string>;

/** The inputs of a step of this integration: as its form shows them, and as its code receives them. */
export interface GivenToStep {
  filled: FilledIn;
  inputData: Record<string, unknown>;
}

const silentObserver: RecipeObserver = {
  perform: (_step, _given, act) => act(),
  filter: async () => undefined,
  otherApp: async () => undefined,
};

const plainFieldSchema = schema.object({
  key: schema.string(),
  label: schema.string(),
  list: schema.boolean().default(false),
  dict: schema.boolean().default(false),
  choices: schema.record(schema.string(), schema.string()).optional().catch(undefined),
});
const fieldSchema = plainFieldSchema.extend({ children: schema.array(plainFieldSchema).default([]) });
type Field = schema.infer<typeof plainFieldSchema>;

const display = schema.object({ label: schema.string() });
const plainOutputSchema = schema.object({ key: schema.string(), label: schema.string() });
const outputSchema = plainOutputSchema.extend({ children: schema.array(plainOutputSchema).default([]) });
const operationsSchema = schema.record(
  schema.string(),
  schema.object({
    display,
    operation: schema.object({
      // Functions in the list are left out: their fields differ by channel, and recipes do not use them.
      outputFields: schema
        .array(schema.unknown())
        .transform((fields) => fields.flatMap((field) => outputSchema.safeParse(field).data ?? [])),
    }),
  }),
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

/** Returns the places that a step with this label runs, one operation or a search and a create, and its output fields. */
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

/** Returns the value under one of Zapier's keys, such as `custom_fields__phone`. */
export function valueAt(item: unknown, key: string): unknown {
  return key.split('__').reduce<unknown>((value, part) => Reflect.get(Object(value), part), item);
}

/** Returns a step's result by the labels that a Zap's editor shows. A column of line items is a list. */
function labelled(item: object, outputs: schema.infer<typeof outputSchema>[]): Record<string, unknown> {
  const columns = outputs.flatMap(({ key, label, children }) => {
    const rows = schema.array(schema.unknown()).catch([]).parse(valueAt(item, key));
    return children.map((child) => [
      `${label} ${child.label}`,
      rows.map((row) => valueAt(row, child.key) ?? ''),
    ]);
  });
  const values = outputs.map(({ key, label }) => [label, valueAt(item, key) ?? '']);
  return Object.fromEntries([...values, ...columns]);
}

/** Each step's outputs, by the labels that a Zap's editor shows. */
type Outputs = Record<string, Record<string, unknown>>;

/** Replaces references such as `[2. Contact ID]` by the outputs of earlier steps. */
function fill(written: string, outputs: Outputs): string {
  return written.replaceAll('`', '').replaceAll(/\[(\d)\. ([^\]]+)\]/g, (pill, step, label) => {
    const value = outputs[step]?.[label];
    if (value === undefined) throw new Error(`No step gives ${pill}.`);
    return String(value);
  });
}

/** Fills in a step's fields, with one line for each box. */
export function filledIn({ fields }: RecipeStep, outputs: Outputs): FilledIn {
  return Object.fromEntries(
    fields.map(([label, written]) => [label, fill(written, outputs).replaceAll('<br>', '\n')]),
  );
}

/** Returns a field's value as Zapier passes it on: several boxes as a list, pairs as an object, a choice as its key. */
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

/** Returns line items with one more column; each of its boxes belongs to a row. */
function withColumn(rows: unknown, field: Field, written: string, outputs: Outputs): object[] {
  const before = schema.array(schema.looseObject({})).catch([]).parse(rows);
  const values = written.split('<br>').map((box) => readInput(field, box, outputs));
  return values.map((value, row) => ({ ...before[row], [field.key]: value }));
}

/** True if a filter's rule lets the Zap go on: `true (Boolean) Is true`, `VIP,New (Text) Does not contain Old`. */
function holds(rule: string): boolean {
  const [, value = '', condition = '', wanted = ''] =
    /^(.*) \((?:Boolean|Text)\) (Is true|Does not contain) ?(.*)$/.exec(rule) ?? [];
  if (condition === '') throw new Error(`No filter has the rule "${rule}".`);
  return condition === 'Is true' ? value === 'true' : !value.includes(wanted);
}

/** Writes a date and time as Formatter by Zapier does, in a format like `DD/MM/YYYY HH:mm` and in a time zone. */
function formatDate({
  Input = '',
  'To Format': format = '',
  'To Timezone': timeZone = '',
}: FilledIn): string {
  const written = new Date(Input).toLocaleString('sv', { timeZone });
  const [YYYY = '', MM = '', DD = '', HH = '', mm = ''] = written.split(/\D/);
  return format.replace(/YYYY|MM|DD|HH|mm/g, (part) => ({ YYYY, MM, DD, HH, mm })[part] ?? '');
}

const itemSchema = schema.looseObject({});
const itemsSchema = schema.union([schema.array(itemSchema), itemSchema.transform((item) => [item])]);

/** A Zap built from a recipe. The caller supplies the outputs of other apps' steps. */
export class RecipeZap {
  readonly #run: Runner;
  readonly #integration: Integration;
  readonly #steps: RecipeStep[];
  readonly #observer: RecipeObserver;

  constructor(
    run: Runner,
    integration: Integration,
    steps: RecipeStep[],
    observer: RecipeObserver = silentObserver,
  ) {
    this.#run = run;
    this.#integration = integration;
    this.#steps = steps;
    this.#observer = observer;
  }

  /** Runs the Zap once, to its end or to the filter that stops it. `trigger` has the outputs of its first step. */
  async run(trigger: Record<string, unknown>): Promise<void> {
    const outputs: Outputs = { 1: trigger };
    for (const step of this.#steps.slice(1)) {
      if (step.name === 'Filter by Zapier') {
        const filled = filledIn(step, outputs);
        const goesOn = Object.values(filled).every(holds);
        await this.#observer.filter(step, filled, goesOn);
        if (!goesOn) return;
      } else if (step.isOwn) {
        const found = await this.#perform(step, outputs);
        if (!found) return;
        outputs[step.number] = found;
      } else {
        const filled = filledIn(step, outputs);
        await this.#observer.otherApp(step, filled);
        if (step.name.startsWith('Formatter by Zapier'))
          outputs[step.number] = { Output: formatDate(filled) };
      }
    }
  }

  /**
   * Switches on a Zap whose first step is a trigger of this integration. Each poll runs it for new items.
   * `inputData` has the trigger's inputs.
   */
  async switchOn(): Promise<{ poll: () => Promise<void>; inputData: Record<string, unknown> }> {
    const [step] = this.#steps;
    if (!step) throw new Error('The recipe has no steps.');
    const { place, outputs } = findOperation(this.#integration, step.name);
    const inputData = await this.#inputsOf(step, [place], {});
    const primaryKey = primaryKeyOf(this.#integration, place.replace('triggers.', ''));
    const zap = new SimulatedZap(this.#run, place, inputData, primaryKey);
    await zap.switchOn();
    return {
      inputData,
      poll: async () => {
        let fired: readonly object[] = [];
        await this.#observer.perform(step, { filled: filledIn(step, {}), inputData }, async () => {
          fired = (await zap.poll()).fired;
          return fired;
        });
        for (const item of fired) await this.run(labelled(item, outputs));
      },
    };
  }

  /** Runs a step of this integration. Returns the first item of its result; undefined if it found none. */
  async #perform(step: RecipeStep, outputs: Outputs): Promise<Record<string, unknown> | undefined> {
    const operation = findOperation(this.#integration, step.name);
    const { place, create } = operation;
    const inputData = await this.#inputsOf(step, create ? [place, create] : [place], outputs);
    const given = { filled: filledIn(step, outputs), inputData };
    const result = await this.#observer.perform(step, given, () =>
      create ? searchOrCreate(this.#run, place, create, inputData) : this.#run(place, { inputData }),
    );
    const [item] = itemsSchema.parse(result);
    return item && labelled(item, operation.outputs);
  }

  /** Returns a step's inputs. The values that are already filled in decide which fields its forms show. */
  async #inputsOf(
    { name, fields }: RecipeStep,
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
      const parent = known.find(({ children }) => children.some((child) => child.label === label));
      const child = parent?.children.find((child) => child.label === label);
      if (field) {
        inputData[field.key] = readInput(field, written, outputs);
      } else if (parent && child) {
        inputData[parent.key] = withColumn(inputData[parent.key], child, written, outputs);
      } else {
        throw new Error(`${name} has no field "${label}".`);
      }
    }
    return inputData;
  }
}
