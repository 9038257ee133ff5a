import type { Sandbox } from '../sandbox/server.ts';
import { type Recipe, readRecipes } from '../zapier/recipe.ts';
import { createRunner, type Integration, type Runner } from '../zapier/runner.ts';
import { primaryKeyOf, searchOrCreate } from '../zapier/simulated-zap.ts';
import { Changes } from './changes.ts';
import { type Definition, readDefinition, type Step } from './definition.ts';
import { Drafts } from './drafts.ts';
import { type Field, readFetchedChoices, readFields } from './fields.ts';
import { RecipeRun } from './recipe-run.ts';
import { failureOf, type Report, RunQueue } from './run-queue.ts';
import { LiveZap } from './zap.ts';

type Inputs = Record<string, unknown>;

const guide = new URL('../../docs/guide.md', import.meta.url).pathname;

/** The part of the page that each event of the sandbox changes. */
const topics = { contact: 'channel', message: 'channel', faults: 'faults' } as const;

/** The state that all pages share: the integration, its connection to a sandbox, forms, Zaps and recipes. */
export class ConsoleState {
  readonly sandbox: Sandbox;
  readonly definition: Definition;
  readonly changes = new Changes();
  readonly drafts = new Drafts();
  /** The guide's recipes, and their current or last run. */
  readonly recipes: readonly Recipe[] = readRecipes(guide);
  recipeRun: RecipeRun | undefined;
  /** A Zap for every trigger, by the trigger's place. */
  readonly zaps: ReadonlyMap<string, LiveZap>;
  readonly #integration: Integration;
  readonly #pause: number;
  readonly #run: Runner;
  readonly #queue: RunQueue;
  #connection: Record<string, string>;
  #connectionLabel = '';

  constructor(integration: Integration, sandbox: Sandbox, pause: number) {
    this.sandbox = sandbox;
    this.#pause = pause;
    this.#integration = integration;
    this.definition = readDefinition(integration);
    this.#queue = new RunQueue(sandbox);
    this.#run = createRunner(integration);
    this.#connection = {
      host: 'app.bony.chat',
      channel_token: sandbox.token,
      channel_type: sandbox.settings.viber ? 'viber' : 'whatsapp',
      channel_name: 'Sandbox',
    };
    const triggers = this.definition.steps.filter(({ kind }) => kind === 'Trigger');
    this.zaps = new Map(triggers.map((step) => [step.place, this.#zapOf(integration, step)]));
    sandbox.on((event) => {
      if (event.type !== 'request') this.changes.notify(topics[event.type]);
    });
  }

  #zapOf(integration: Integration, { place }: Step): LiveZap {
    // Each Zap has its own z.cache, because tests of the step must not fill or clear it.
    const run = createRunner(integration);
    return new LiveZap({
      sandbox: this.sandbox,
      changes: this.changes,
      place,
      primaryKey: primaryKeyOf(integration, place.replace('triggers.', '')),
      run: (part, given) => run(part, { ...given, authData: this.#connection }),
      report: (act) => this.#queue.run(act),
    });
  }

  get connection(): Readonly<Record<string, string>> {
    return this.#connection;
  }

  /** The connection's label, as Zapier shows it; empty before the first test. */
  get connectionLabel(): string {
    return this.#connectionLabel;
  }

  /** Tests a connection, and uses it from then on if the test succeeds. The result is the connection's label. */
  async connect(authData: Record<string, string>): Promise<Report> {
    const report = await this.#queue.run(async () => {
      await this.#run('authentication.test', { authData, meta: { isTestingAuth: true } });
      return this.#run('authentication.connectionLabel', { authData });
    });
    if (!failureOf(report)) {
      this.#connection = authData;
      this.#connectionLabel = 'result' in report.outcome ? String(report.outcome.result) : '';
    }
    return report;
  }

  /** Makes the sandbox a Viber channel or an ordinary one, and sets the connection's type to match. */
  useViber(viber: boolean): void {
    this.sandbox.configure({ viber });
    this.#connection = { ...this.#connection, channel_type: viber ? 'viber' : 'whatsapp' };
  }

  /** Returns the fields of a step's form for its current values. */
  async fieldsOf({ parts }: Step, inputData: Inputs): Promise<Field[]> {
    const bundle = { inputData, authData: this.#connection };
    const lists = await Promise.all(parts.map((part) => this.#run(`${part}.operation.inputFields`, bundle)));
    const fields = new Map<string, Field>();
    // A search and a create may have a field with the same key. Zapier gives both the same value, so the form has it once.
    for (const field of lists.flatMap(readFields)) if (!fields.has(field.key)) fields.set(field.key, field);
    return [...fields.values()];
  }

  /** Fetches a dropdown's choices from the sandbox, for the form's current values. */
  async fetchChoices(step: Step, key: string, inputData: Inputs) {
    const place = this.definition.choicesPlace(step, key) ?? '';
    const bundle = { inputData, authData: this.#connection, meta: { isFillingDynamicDropdown: true } };
    const report = await this.#queue.run(() => this.#run(place, bundle));
    const choices = 'result' in report.outcome ? readFetchedChoices(report.outcome.result) : [];
    return { choices, report };
  }

  /**
   * Starts the recipe with this number, counted from 1, and returns its run; undefined if there is none. `picture` is the
   * URL of a picture that needs no network; `open` is the contact whose conversation is open.
   */
  startRecipe(number: number, picture: string, open: string): RecipeRun | undefined {
    const recipe = this.recipes[number - 1];
    if (!recipe) return undefined;
    const run = new RecipeRun(recipe, {
      number,
      picture,
      open,
      pause: this.#pause,
      integration: this.#integration,
      sandbox: this.sandbox,
      run: (place, given) => this.#run(place, { authData: this.#connection, ...given }),
      report: (act) => this.#queue.run(act),
      changed: () => this.changes.notify('recipe'),
    });
    this.recipeRun = run;
    void run.start();
    return run;
  }

  /** Runs a step as Zapier does when its owner tests it. */
  runStep({ kind, parts }: Step, inputData: Inputs): Promise<Report> {
    const [first, second] = parts;
    const run: Runner = (place, given) => this.#run(place, { authData: this.#connection, ...given });
    return this.#queue.run(() =>
      second === undefined
        ? run(first, { inputData, meta: { isLoadingSample: kind === 'Trigger' } })
        : searchOrCreate(run, first, second, inputData),
    );
  }
}
