import * as schema from 'zod';
import type { Sandbox } from '../sandbox/server.ts';
import type { FailedRun, Run } from '../zapier/runner.ts';
import type { Changes } from './changes.ts';
import { failureOf, type Report } from './run-queue.ts';
import { sampleFields } from './sample-contacts.ts';
import type { Weather } from './weather.ts';

/** Zapier holds back more new items than this in one poll until the Zap's owner confirms them. */
export const floodLimit = 100;

/** One poll of a Zap. */
export interface Poll {
  number: number;
  at: Date;
  /** The first one, which fills the list of seen IDs and starts nothing. */
  isPopulating: boolean;
  report: Report;
  returned: number;
  /** The items that start the Zap, by ID. */
  fired: readonly string[];
}

export interface Switches {
  /** Empties the trigger's memory before every poll. */
  forgets: boolean;
  /** Lets the first request of every second poll fail. */
  fails: boolean;
  /** Seconds between polls; 0 is by hand. */
  every: number;
}

/** RunQueue the trigger when its turn comes, with what is prepared then. */
export type Polling = (prepare: () => Run) => Promise<Report>;

const itemsSchema = schema.array(schema.looseObject({ id: schema.coerce.string() }));
/** The fields that choose what New Contact watches. */
const watchedSchema = schema.object({
  field_name: schema.string(),
  field_values: schema.array(schema.string()),
});
const keptPolls = 50;

/** A Zap that is switched on and off, with Zapier's rule of what starts it: an ID that it has not seen before. */
export class Zap {
  readonly #sandbox: Sandbox;
  readonly #weather: Weather;
  readonly #changes: Changes;
  readonly #run: Polling;
  readonly #seen = new Set<string>();
  readonly #waiting = new Set<string>();
  #inputData: Record<string, unknown> | undefined;
  #switches: Switches = { forgets: false, fails: false, every: 0 };
  #timer: NodeJS.Timeout | undefined;
  #added = 0;
  #started = 0;
  #polls: Poll[] = [];

  constructor(sandbox: Sandbox, weather: Weather, changes: Changes, run: Polling) {
    this.#sandbox = sandbox;
    this.#weather = weather;
    this.#changes = changes;
    this.#run = run;
  }

  get isOn(): boolean {
    return this.#inputData !== undefined;
  }

  get switches(): Readonly<Switches> {
    return this.#switches;
  }

  /** The last polls, newest first. */
  get polls(): readonly Poll[] {
    return this.#polls;
  }

  /** Contacts added here since the Zap was switched on, and those of them that have not started it. */
  get score(): { added: number; waiting: number } {
    return { added: this.#added, waiting: this.#waiting.size };
  }

  /** Polls once to learn what is there already. A Zap whose first poll fails stays off; gives that failure. */
  async switchOn(inputData: Record<string, unknown>): Promise<FailedRun | undefined> {
    this.switchOff();
    const poll = await this.#poll(inputData, true);
    const failure = poll && failureOf(poll.report);
    if (!failure) this.#inputData = inputData;
    return failure;
  }

  switchOff(): void {
    clearTimeout(this.#timer);
    this.#inputData = undefined;
    this.#switches = { forgets: false, fails: false, every: 0 };
    this.#seen.clear();
    this.#waiting.clear();
    this.#added = 0;
    this.#started = 0;
    this.#polls = [];
    this.#changes.notify('zap');
  }

  set(switches: Switches): void {
    this.#switches = switches;
    this.#schedule();
  }

  async poll(): Promise<void> {
    if (this.#inputData) await this.#poll(this.#inputData, false);
  }

  /** Adds made-up contacts that the trigger watches to the channel. */
  addContacts(count: number): void {
    const watched = watchedSchema.safeParse(this.#inputData).data;
    for (let left = count; left > 0; left -= 1) {
      const values = watched?.field_values ?? [];
      const value = values[this.#added % values.length];
      const custom_fields = {
        ...sampleFields(this.#added),
        ...(watched && value !== undefined && { [watched.field_name]: value }),
      };
      this.#waiting.add(this.#sandbox.store.add({ custom_fields }).id);
      this.#added += 1;
    }
    this.#changes.notify('zap');
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.isOn || this.#switches.every === 0) return;
    this.#timer = setTimeout(() => this.poll().finally(() => this.#schedule()), this.#switches.every * 1000);
    this.#timer.unref();
  }

  /** Gives no poll where the Zap was switched off meanwhile. */
  async #poll(inputData: Record<string, unknown>, isPopulating: boolean): Promise<Poll | undefined> {
    const report = await this.#run(() => {
      const { forgets, fails } = this.#switches;
      if (fails && this.#started % 2 === 1) this.#weather.next(1, '500');
      this.#started += 1;
      const zap = { id: 'console', user: { timezone: 'UTC' } };
      return { inputData, forgets, meta: { isPopulatingDedupe: isPopulating, zap } };
    });
    if (!isPopulating && this.#inputData !== inputData) return undefined;
    const ids =
      'result' in report.outcome ? itemsSchema.parse(report.outcome.result).map(({ id }) => id) : [];
    const news = ids.filter((id) => !this.#seen.has(id));
    const fired = isPopulating ? [] : news;
    for (const id of news) this.#seen.add(id);
    for (const id of fired) this.#waiting.delete(id);
    const number = (this.#polls[0]?.number ?? 0) + 1;
    const poll = { number, at: new Date(), isPopulating, report, returned: ids.length, fired };
    this.#polls = [poll, ...this.#polls].slice(0, keptPolls);
    this.#changes.notify('zap');
    return poll;
  }
}
