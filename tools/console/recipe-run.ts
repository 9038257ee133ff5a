import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/server.ts';
import {
  type FilledIn,
  filledIn,
  type GivenToStep,
  type Recipe,
  type RecipeStep,
  RecipeZap,
} from '../zapier/recipe.ts';
import type { Integration, Runner } from '../zapier/runner.ts';
import { addSearched, exampleDataOf, searchIn, usedIn } from './recipe-data.ts';
import { failureOf, type Report } from './run-queue.ts';
import { watchedFields } from './watched-contacts.ts';

/** A step that has begun, and as much of its outcome as is known. */
export interface RanStep {
  step: RecipeStep;
  /** The step's inputs by the labels of its fields; if another app starts the Zap, that first step's outputs. */
  filled: FilledIn;
  /** The inputData of a step of this integration. */
  inputData?: Record<string, unknown>;
  /** The report of a step of this integration; undefined while it runs. */
  report?: Report;
  /** True if a filter let the Zap go on. */
  goesOn?: boolean;
  /** What the console did beforehand, so that the step has something to show. */
  note?: string;
}

/** What the console provides to a run of a recipe. */
export interface RecipeRunOptions {
  /** The recipe's number, counted from 1. */
  number: number;
  /** The URL of a picture that this machine serves. */
  picture: string;
  /** The contact whose conversation is open when the recipe starts. */
  open: string;
  /** Milliseconds before each step, so that a person can follow. */
  pause: number;
  integration: Integration;
  sandbox: Sandbox;
  run: Runner;
  /** Runs a step, and records its requests. */
  report: (act: () => Promise<unknown>) => Promise<Report>;
  /** Called after each change. */
  changed: () => void;
}

/** Ends the Zap after a step has failed. The step's report says why. */
class StepFailed extends Error {}

/** One run of a recipe, step by step. */
export class RecipeRun {
  readonly recipe: Recipe;
  readonly steps: RanStep[] = [];
  isDone = false;
  /** The contact that the last step used. */
  contactId: string | undefined;
  /** Contacts whose conversation the run may replace by another: the one open at the start, and those that it opened. */
  readonly followed: Set<string>;
  readonly #options: RecipeRunOptions;

  constructor(recipe: Recipe, options: RecipeRunOptions) {
    this.recipe = recipe;
    this.#options = options;
    this.followed = new Set([options.open]);
  }

  /** Runs the recipe to its end, to the filter that stops it, or to the step that fails. */
  async start(): Promise<void> {
    const { run, integration } = this.#options;
    const [first] = this.recipe.steps;
    const zap = new RecipeZap(run, integration, this.recipe.steps, {
      perform: (step, given, act) => this.#perform(step, given, act),
      filter: (step, filled, goesOn) => this.#show({ step, filled, goesOn }),
      otherApp: (step, filled) => this.#show({ step, filled }),
    });
    try {
      if (first) await (first.isOwn ? this.#startByTrigger(zap, first) : this.#startByExample(zap, first));
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
    } finally {
      this.isDone = true;
      this.#options.changed();
    }
  }

  /** Lets another app start the Zap, with example data. */
  async #startByExample(zap: RecipeZap, step: RecipeStep): Promise<void> {
    const { number, picture, sandbox } = this.#options;
    const example = exampleDataOf(number, picture);
    const search = searchIn(this.recipe);
    const data = search ? addSearched(sandbox.store, search, example) : example;
    const note =
      search && `For this example, the channel has been given what step ${search.number} looks for.`;
    this.#add({ step, filled: usedIn(this.recipe, data), ...(note && { note }) });
    await zap.run(data);
  }

  /** Switches the Zap on, adds a contact that its trigger watches, and polls. */
  async #startByTrigger(zap: RecipeZap, step: RecipeStep): Promise<void> {
    const { poll, inputData } = await this.#switchOn(zap, step);
    const { store } = this.#options.sandbox;
    const watched = [inputData.watched_fields ?? []].flat().map(String);
    const custom_fields = {
      ...watchedFields(inputData, store.count()),
      ...Object.fromEntries(watched.map((name) => [name, new Date().toISOString()])),
    };
    store.add({ custom_fields });
    await poll();
  }

  /** Switches the Zap on. If its first poll fails, the step says why. */
  async #switchOn(zap: RecipeZap, step: RecipeStep) {
    const switched: Awaited<ReturnType<RecipeZap['switchOn']>>[] = [];
    const report = await this.#options.report(async () => switched.push(await zap.switchOn()));
    const [on] = switched;
    if (on) return on;
    this.#add({ step, filled: filledIn(step, {}), report });
    throw new StepFailed();
  }

  #add(ran: RanStep): void {
    this.steps.push(ran);
    this.#options.changed();
  }

  /** Adds a step that makes no requests. */
  async #show(ran: RanStep): Promise<void> {
    await sleep(this.#options.pause);
    this.#add(ran);
  }

  async #perform(step: RecipeStep, given: GivenToStep, act: () => Promise<unknown>) {
    const isTrigger = step === this.recipe.steps[0];
    const note = 'For this example, the Zap was switched on, and then a contact was added that starts it.';
    const ran: RanStep = { step, ...given, ...(isTrigger && { note }) };
    this.#add(ran);
    await sleep(this.#options.pause);
    const report = await this.#options.report(act);
    ran.report = report;
    const [item] = 'result' in report.outcome ? [report.outcome.result].flat() : [];
    this.contactId = this.#options.sandbox.store.get(String(Object(item).id))?.id ?? this.contactId;
    this.#options.changed();
    if (failureOf(report) || !('result' in report.outcome)) throw new StepFailed();
    return report.outcome.result;
  }
}
