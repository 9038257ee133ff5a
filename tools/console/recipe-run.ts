import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/server.ts';
import { filledIn, type Recipe, type RecipeStep, RecipeZap } from '../zapier/recipe.ts';
import type { Integration, Runner } from '../zapier/runner.ts';
import { failureOf, type Report } from './run-queue.ts';
import { sampleFields } from './sample-contacts.ts';

/** Milliseconds before each step, so that a person can follow. */
const pause = 400;

/** What the first step of a recipe gives, where it is a step of another app. */
export const exampleData: Readonly<Record<string, string>> = {
  ID: 'C-204',
  'First name': 'Ana',
  'Last name': 'Ruiz',
  Phone: '+52 33 1234 5000',
  Email: 'ana@example.com',
  Plan: 'Gold',
  Product: 'Course',
  City: 'Guadalajara',
  'Order number': '1043',
  Picture: 'https://example.com/shoes.jpg',
  Tags: 'VIP, Newsletter',
  Start: 'May 4, 10:00',
};

/** A step as far as it has run. */
export interface RanStep {
  step: RecipeStep;
  /** What the step was given, by the labels of its fields. */
  filled: Record<string, string>;
  /** What came of it; undefined while it runs, and for a filter. */
  report?: Report;
  /** Of a filter: whether the Zap went on. */
  goesOn?: boolean;
}

/** What running recipes needs of the console. */
export interface RecipeRunOptions {
  integration: Integration;
  sandbox: Sandbox;
  run: Runner;
  /** Runs a step, and records its requests under its name. */
  report: (name: string, act: () => Promise<unknown>) => Promise<Report>;
  /** Called after each change. */
  changed: () => void;
}

/** A step has failed, which its report says; the Zap ends. */
class StepFailed extends Error {}

/** One run of a recipe, step by step. */
export class RecipeRun {
  readonly recipe: Recipe;
  readonly steps: RanStep[] = [];
  isDone = false;
  /** The contact that the last step was about. */
  contactId: string | undefined;
  readonly #options: RecipeRunOptions;

  constructor(recipe: Recipe, options: RecipeRunOptions) {
    this.recipe = recipe;
    this.#options = options;
  }

  /** Runs the recipe to its end, to the filter that stops it, or to the step that fails. */
  async start(): Promise<void> {
    const { run, integration } = this.#options;
    const [first] = this.recipe.steps;
    const zap = new RecipeZap(run, integration, this.recipe.steps, {
      perform: (step, filled, act) => this.#perform(step, filled, act),
      filter: (step, goesOn) => this.#add({ step, filled: {}, goesOn }),
    });
    try {
      await (first?.isOwn ? this.#startByTrigger(zap, first) : zap.run(exampleData));
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
    } finally {
      this.isDone = true;
      this.#options.changed();
    }
  }

  /** Switches the Zap on, adds a contact that its trigger watches, and polls. */
  async #startByTrigger(zap: RecipeZap, step: RecipeStep): Promise<void> {
    const { poll, inputData } = await this.#switchOn(zap, step);
    const [value = ''] = [inputData.field_values].flat();
    const number = this.#options.sandbox.store.count();
    const watched = [inputData.watched_fields].flat().flatMap((name) => (name ? [String(name)] : []));
    const custom_fields = {
      ...sampleFields(number),
      ...Object.fromEntries(watched.map((name) => [name, new Date().toISOString()])),
      [String(inputData.field_name)]: String(value),
    };
    this.#options.sandbox.store.add({ custom_fields });
    await poll();
  }

  /** Switches the Zap on. Where its first poll fails, the step says why. */
  async #switchOn(zap: RecipeZap, step: RecipeStep) {
    const switched: Awaited<ReturnType<RecipeZap['switchOn']>>[] = [];
    const report = await this.#options.report(step.name, async () => switched.push(await zap.switchOn()));
    const [on] = switched;
    if (on) return on;
    this.#add({ step, filled: filledIn(step, {}), report });
    throw new StepFailed();
  }

  #add(ran: RanStep): void {
    this.steps.push(ran);
    this.#options.changed();
  }

  async #perform(step: RecipeStep, filled: Record<string, string>, act: () => Promise<unknown>) {
    const ran: RanStep = { step, filled };
    this.#add(ran);
    await sleep(pause);
    const report = await this.#options.report(step.name, act);
    ran.report = report;
    const [item] = 'result' in report.outcome ? [report.outcome.result].flat() : [];
    this.contactId = Object(item).id ?? this.contactId;
    this.#options.changed();
    if (failureOf(report) || !('result' in report.outcome)) throw new StepFailed();
    return report.outcome.result;
  }
}
