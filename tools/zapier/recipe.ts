import * as schema from 'zod';
import { readProse, rowsOf } from './markdown-tables.ts';
import type { Integration, Runner } from './runner.ts';
import { primaryKeyOf, SimulatedZap, searchOrCreate } from './simulated-zap.ts';

/** A step of a recipe: its number, what it is called, and its fields as the table writes them. */
export interface RecipeStep {
  number: string;
  name: string;
  /** A step of this integration: its name is bold. Steps of other apps are not run. */
  isOwn: boolean;
  fields: [label: string, written: string][];
}

/** A recipe of a guide: its heading, without the number, and the steps of its table. */
export interface Recipe {
  title: string;
  steps: RecipeStep[];
}

/** The recipes of a guide, in their order. */
export function readRecipes(guide: string): Recipe[] {
  const sections = readProse(guide)
    .split(/^#{2,3} /m)
    .filter((section) => /^(?:Recipe|Receta) \d/.test(section));
  return sections.map((section) => {
    const [, first = '', rest = ''] = /^\S+ \d+: (.)(.*)/.exec(section) ?? [];
    const title = first.toUpperCase() + rest;
    const steps: RecipeStep[] = [];
    // Other tables of a recipe have two columns.
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

/** Hears what a Zap does, and may refuse to go on by throwing. */
export interface RecipeObserver {
  /** Runs a step of this integration; `act` makes its requests and gives its result. */
  perform: (step: RecipeStep, given: GivenToStep, act: () => Promise<unknown>) => Promise<unknown>;
  /** A filter lets the Zap go on, or stops it. */
  filter: (step: RecipeStep, filled: FilledIn, goesOn: boolean) => Promise<void>;
  /** The Zap is at a step of another app, which is not run. */
  otherApp: (step: RecipeStep, filled: FilledIn) => Promise<void>;
}

/** What a Zap's editor shows in the fields of a step, by their labels, with the values of the run. */
export type FilledIn = Record<string, string>;

/** What a step of this integration is given: as its form shows it, and as it runs with it. */
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
      // Recipes map the fields of every channel; those that a function offers are another's.
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

/** The value at a place of a result: `custom_fields__phone`. */
export function valueAt(item: unknown, key: string): unknown {
  return key.split('__').reduce<unknown>((value, part) => Reflect.get(Object(value), part), item);
}

/** What a step gave, by the labels that a Zap's editor shows. A column of line items is a list. */
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

/** Fills in the fields of a step, each box on a line of its own. */
export function filledIn({ fields }: RecipeStep, outputs: Outputs): FilledIn {
  return Object.fromEntries(
    fields.map(([label, written]) => [label, fill(written, outputs).replaceAll('<br>', '\n')]),
  );
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

/** Line items with one more column: a row for each of its boxes. */
function withColumn(rows: unknown, field: Field, written: string, outputs: Outputs): object[] {
  const before = schema.array(schema.looseObject({})).catch([]).parse(rows);
  const values = written.split('<br>').map((box) => readInput(field, box, outputs));
  return values.map((value, row) => ({ ...before[row], [field.key]: value }));
}

/** Whether a rule of a filter lets the Zap go on: `true (Boolean) Is true`, `VIP,New (Text) Does not contain Old`. */
function holds(rule: string): boolean {
  const [, value = '', condition = '', wanted = ''] =
    /^(.*) \((?:Boolean|Text)\) (Is true|Does not contain) ?(.*)$/.exec(rule) ?? [];
  if (condition === '') throw new Error(`No filter has the rule "${rule}".`);
  return condition === 'Is true' ? value === 'true' : !value.includes(wanted);
}

/** A date and time as Formatter by Zapier writes it in a format like `DD/MM/YYYY HH:mm`, in a time zone. */
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

/** A Zap made after a recipe. Steps of other apps give what the test says. */
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

  /** Runs the Zap once, up to its end or to the filter that stops it. `trigger` is what its first step gives. */
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
   * Switches the Zap on, where its first step is a trigger of this integration. Each poll runs it for new items.
   * `inputData` is what the trigger watches.
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

  /** Runs a step of this integration, and gives the first item of its result; undefined where it found none. */
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

  /** A step's inputs. What has been filled in so far decides which fields the forms of its parts show. */
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
