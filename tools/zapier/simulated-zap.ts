import * as schema from 'zod';
import type { Integration, Run } from './runner.ts';

/** Runs a part of an integration by its place, such as `triggers.new_contact`: a `Runner`, or a test's substitute. */
export type RunPart = (place: string, run: Pick<Run, 'inputData' | 'meta'>) => Promise<unknown>;

const itemsSchema = schema.array(schema.looseObject({ id: schema.string() }));
type Item = schema.infer<typeof itemsSchema>[number];

export interface Poll {
  /** True for the poll at switch-on, whose items start nothing. */
  isPopulating: boolean;
  /** All items that the trigger returned, in its order; none if the poll failed. */
  returned: readonly Item[];
  /** The items that started the Zap. */
  fired: readonly Item[];
  /** What the trigger threw. */
  error?: unknown;
}

/** If one poll returns more new items than this, Zapier holds them until the Zap's owner confirms. */
export const floodLimit = 100;

const keptPolls = 100;
const primarySchema = schema.object({ key: schema.string(), primary: schema.literal(true) });

/** Returns the keys of the output fields that form a trigger's primary key; `id` if no field says `primary`. */
export function primaryKeyOf(integration: Integration, trigger: string): string[] {
  const fields: unknown[] = Object(integration.triggers[trigger]?.operation).outputFields ?? [];
  const keys = fields.flatMap((field) => primarySchema.safeParse(field).data?.key ?? []);
  return keys.length > 0 ? keys : ['id'];
}

/**
 * A Zap that starts with a polling trigger, as Zapier runs it: one populating poll at switch-on records the existing
 * items, then every item whose primary key no poll has returned starts the Zap, once.
 * https://docs.zapier.com/platform/build/deduplication
 *
 * @example
 * const zap = new SimulatedZap(run, 'triggers.new_contact', { field_name: 'subscribed', field_values: ['TRUE'] });
 * await zap.switchOn();
 * const { fired } = await zap.poll();
 */
export class SimulatedZap {
  readonly inputData: Readonly<Record<string, unknown>>;
  readonly #run: RunPart;
  readonly #place: string;
  readonly #primaryKey: readonly string[];
  readonly #seen = new Set<string>();
  #polls: Poll[] = [];

  constructor(
    run: RunPart,
    place: string,
    inputData: Record<string, unknown>,
    primaryKey: readonly string[] = ['id'],
  ) {
    this.#run = run;
    this.#place = place;
    this.inputData = inputData;
    this.#primaryKey = primaryKey;
  }

  /** The last 100 polls since the Zap was switched on, failed ones included, oldest first. */
  get polls(): readonly Poll[] {
    return this.#polls;
  }

  /** Forgets all items and polls, then makes the populating poll. Rejects with what the trigger throws. */
  switchOn(): Promise<Poll> {
    this.#seen.clear();
    this.#polls = [];
    return this.#poll(true);
  }

  /** Polls once. Rejects with what the trigger throws; a failed poll changes nothing for the next one. */
  poll(): Promise<Poll> {
    return this.#poll(false);
  }

  /** The items that the editor shows when its user tests the trigger. They are not recorded as seen. */
  async sample(): Promise<Item[]> {
    return itemsSchema.parse(await this.#runTrigger({ isPopulatingDedupe: false, isLoadingSample: true }));
  }

  #runTrigger(meta: { isPopulatingDedupe: boolean; isLoadingSample: boolean }): Promise<unknown> {
    return this.#run(this.#place, { inputData: this.inputData, meta });
  }

  async #poll(isPopulating: boolean): Promise<Poll> {
    try {
      const meta = { isPopulatingDedupe: isPopulating, isLoadingSample: false };
      const returned = itemsSchema.parse(await this.#runTrigger(meta));
      const unseen = returned.filter((item) => this.#isUnseen(item));
      return this.#keep({ isPopulating, returned, fired: isPopulating ? [] : unseen });
    } catch (error) {
      this.#keep({ isPopulating, returned: [], fired: [], error });
      throw error;
    }
  }

  /** True if no poll has returned the item's primary key before. From now on it counts as returned. */
  #isUnseen(item: Item): boolean {
    const key = JSON.stringify(this.#primaryKey.map((field) => item[field]));
    const isUnseen = !this.#seen.has(key);
    this.#seen.add(key);
    return isUnseen;
  }

  #keep(poll: Poll): Poll {
    this.#polls = [...this.#polls, poll].slice(-keptPolls);
    return poll;
  }
}

/**
 * Runs a search-or-create step as Zapier does: the search at `searches.…` and, if it finds nothing, the create at
 * `creates.…`. Both get all of the step's inputs. Returns the result of the last one that ran.
 */
export async function searchOrCreate(
  run: RunPart,
  search: string,
  create: string,
  inputData: Record<string, unknown>,
): Promise<unknown> {
  const found = schema.array(schema.unknown()).parse(await run(search, { inputData, meta: {} }));
  if (found.length > 0) return found;
  return run(create, { inputData, meta: { withSearch: search.replace('searches.', '') } });
}
