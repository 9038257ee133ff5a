import type { Sandbox } from '../sandbox/server.ts';
import type { FailedRun, Runner } from '../zapier/runner.ts';
import { SimulatedZap } from '../zapier/simulated-zap.ts';
import type { Changes } from './changes.ts';
import { failureOf, type Report } from './run-queue.ts';
import { changeContact, watchedFields } from './watched-contacts.ts';

export interface LivePoll {
  number: number;
  at: Date;
  /** True for the poll at switch-on, which starts nothing. */
  isPopulating: boolean;
  report: Report;
  returned: number;
  /** The items that started the Zap, by ID. */
  fired: readonly string[];
}

export interface LiveZapOptions {
  sandbox: Sandbox;
  changes: Changes;
  /** The trigger, such as `triggers.new_contact`. */
  place: string;
  primaryKey: readonly string[];
  run: Runner;
  /** Calls `act` after the runs queued before it. Returns its result or failure, and its requests. */
  report: (act: () => Promise<unknown>) => Promise<Report>;
}

const keptPolls = 50;
/** The most characters of bodies and answers that are kept: 50 polls of the longest answers would take 100 MB. */
const keptCharacters = 5_000_000;

/** A trigger's Zap, which the page switches on and off. */
export class LiveZap {
  readonly #options: LiveZapOptions;
  readonly #waiting = new Set<string>();
  /** Undefined while the Zap is off. */
  #zap: SimulatedZap | undefined;
  /** The seconds between polls; 0 if the user polls by hand. */
  #every = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Contacts added or changed here that have started the Zap. */
  #found = 0;
  #added = 0;
  #started = 0;
  #polls: LivePoll[] = [];

  constructor(options: LiveZapOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#zap !== undefined;
  }

  get every(): number {
    return this.#every;
  }

  /** The last polls, newest first. If answers are long, fewer are kept. */
  get polls(): readonly LivePoll[] {
    return this.#polls;
  }

  /** True if a changed contact can start the Zap. New Contact is started only by new ones. */
  get watchesChanges(): boolean {
    return this.#options.place === 'triggers.updated_contact';
  }

  /** The inputs with which the Zap was switched on, by label; undefined while it is off. */
  get inputData(): Readonly<Record<string, unknown>> | undefined {
    return this.#zap?.inputData;
  }

  /**
   * Counts since the Zap was switched on: contacts added or changed here, those that have not started it yet, and how
   * often its polls started it. Contacts that another step or program adds start it too.
   */
  get score(): { touched: number; waiting: number; started: number } {
    return { touched: this.#found + this.#waiting.size, waiting: this.#waiting.size, started: this.#started };
  }

  /** Makes the populating poll. If that fails, the Zap stays off, and the failure is returned. */
  async switchOn(inputData: Record<string, unknown>): Promise<FailedRun | undefined> {
    this.switchOff();
    const { run, place, primaryKey } = this.#options;
    const meta = { zap: { id: 'console', user: { timezone: 'UTC' } } };
    const zap = new SimulatedZap(
      (part, given) => run(part, { ...given, meta: { ...given.meta, ...meta } }),
      place,
      inputData,
      primaryKey,
    );
    const { report } = await this.#poll(zap, true);
    const failure = failureOf(report);
    if (!failure) this.#zap = zap;
    return failure;
  }

  switchOff(): void {
    clearTimeout(this.#timer);
    this.#zap = undefined;
    this.#every = 0;
    this.#waiting.clear();
    this.#found = 0;
    this.#added = 0;
    this.#started = 0;
    this.#polls = [];
    this.#options.changes.notify('zap');
  }

  /** Polls at this interval in seconds from now on; 0 stops that. */
  pollEvery(seconds: number): void {
    this.#every = seconds;
    this.#schedule();
  }

  async poll(): Promise<void> {
    if (this.#zap) await this.#poll(this.#zap, false);
  }

  /** Adds to the sandbox invented contacts that the trigger finds. */
  addContacts(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const custom_fields = watchedFields(this.inputData, this.#added);
      this.#waiting.add(this.#options.sandbox.store.add({ custom_fields }).id);
      this.#added += 1;
    }
    this.#options.changes.notify('zap');
  }

  /** Changes a contact, the preferred one if possible, so that the trigger finds it. Returns its ID; undefined if it cannot. */
  changeContact(preferred: string): string | undefined {
    const id = changeContact(this.#options.sandbox.store, this.inputData, preferred);
    if (id !== undefined) this.#waiting.add(id);
    this.#options.changes.notify('zap');
    return id;
  }

  /** Counts the characters of all requests that are kept. */
  get #size(): number {
    const requests = this.#polls.flatMap(({ report }) => report.requests);
    return requests.reduce((sum, { body, answer }) => sum + body.length + answer.length, 0);
  }

  /** Counts the polls since the Zap was switched on. */
  get #pollCount(): number {
    return this.#polls[0]?.number ?? 0;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.isOn || this.#every === 0) return;
    this.#timer = setTimeout(() => this.poll().finally(() => this.#schedule()), this.#every * 1000);
    this.#timer.unref();
  }

  async #poll(zap: SimulatedZap, isPopulating: boolean): Promise<LivePoll> {
    const report = await this.#options.report(() => (isPopulating ? zap.switchOn() : zap.poll()));
    const { returned = [], fired = [] } = zap.polls.at(-1) ?? {};
    const ids = fired.map(({ id }) => id);
    const number = this.#pollCount + 1;
    const poll = { number, at: new Date(), isPopulating, report, returned: returned.length, fired: ids };
    // The user may have switched the Zap off meanwhile.
    if (isPopulating || this.#zap === zap) {
      this.#started += ids.length;
      for (const id of ids) if (this.#waiting.delete(id)) this.#found += 1;
      this.#polls = [poll, ...this.#polls].slice(0, keptPolls);
      while (this.#polls.length > 1 && this.#size > keptCharacters) this.#polls.pop();
      this.#options.changes.notify('zap');
    }
    return poll;
  }
}
