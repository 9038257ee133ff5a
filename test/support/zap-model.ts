import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod';
import { pollNewContacts } from '../../src/new-contact/new-contact.ts';
import { pollUpdatedContacts } from '../../src/updated-contact/updated-contact.ts';
import { SimulatedZap, type Poll as ZapPoll } from '../../tools/zapier/simulated-zap.ts';
import type { Channel } from './channel-model.ts';

// Runs polls of the two triggers on the model of the channel. The model sets the time, and the cache can be made to fail.

export const triggers = {
  new_contact: { poll: pollNewContacts, primaryKey: ['id'] },
  updated_contact: { poll: pollUpdatedContacts, primaryKey: ['id', 'version'] },
};
export type Trigger = keyof typeof triggers;

/** The most characters a Zap may keep in `z.cache`, as docs/deploying.md states. A poll throws if it keeps more. */
export const largestMemory: Record<Trigger, number> = { new_contact: 16_000, updated_contact: 16_000 };

export type Cache = Pick<ZObject['cache'], 'get' | 'set' | 'delete'>;

/**
 * How `z.cache` fails: in `all` calls, in `reads`, in reads of only one of New Contact's keys (`state`, `start`), in
 * `writes`, or in writes and deletions (`frozen`). A write that fails returns `false`, except with `all`; the rest throw.
 */
export type CacheFault = 'all' | 'reads' | 'state' | 'start' | 'writes' | 'frozen' | 'nothing';

/** Runs polls of one trigger on a channel, with a cache that the test can read, empty and make fail. */
export interface Driver {
  trigger: Trigger;
  /** Polls with these parts of the platform's bundle. The driver adds the connection. */
  perform: (bundle: Pick<Bundle, 'inputData'> & { meta: Partial<Bundle['meta']> }) => Promise<unknown>;
  /** The connection's token. A test can change it between polls. */
  token: string;
  /** The contents of `z.cache`: JSON text by key. */
  cache: Record<string, string>;
  /** Makes the cache fail in this way from now on. */
  fail: (fault: CacheFault) => void;
  /** Called with the key of every write that the simulated faults let through, just before it is stored. */
  onWrite: (key: string) => unknown;
  /** Empties the cache. If `fits` is given, deletes only the keys for which it returns true. */
  forget: (fits?: (key: string) => boolean) => void;
}

export type Start = (channel: Channel) => Driver;

type Run = (bundle: Bundle, withCache: (cache: Cache) => Cache, store: Driver['cache']) => Promise<unknown>;

const authData = { host: 'app.bony.chat', channel_type: 'other' };
const laterTick = () => new Promise((resolve) => setImmediate(resolve));

/** Returns a driver that calls `run` for every poll, with the model's time and faults in place. */
export function driverOf(trigger: Trigger, channel: Channel, run: Run): Driver {
  Date.now = () => (channel.now + channel.options.localAhead) * 1000;
  let failing: CacheFault = 'nothing';
  const check = (fails: boolean) => {
    if (fails) throw new Error('The cache is down.');
  };
  const driver: Driver = {
    trigger,
    token: 'token',
    cache: {},
    fail: (fault) => {
      failing = fault;
    },
    onWrite: () => undefined,
    forget: (fits = () => true) => {
      for (const key of Object.keys(driver.cache)) if (fits(key)) delete driver.cache[key];
    },
    perform: async (bundle) => {
      let isOver = false;
      const withCache = (cache: Cache): Cache => ({
        get: async (key) => {
          const part = key.endsWith(':since') ? 'start' : 'state';
          check(failing === 'all' || failing === 'reads' || failing === part);
          return cache.get(key);
        },
        set: async (key, value) => {
          // Zapier freezes a run as soon as it returns, so a write that is still pending then is lost.
          await laterTick();
          check(failing === 'all');
          if (isOver || failing === 'writes' || failing === 'frozen') return false;
          driver.onWrite(key);
          return cache.set(key, value);
        },
        delete: async (key) => {
          await laterTick();
          check(isOver || failing === 'all' || failing === 'frozen');
          return cache.delete(key);
        },
      });
      // A poll reads no other part of the bundle, so this object omits the rest of the type.
      const whole = {
        ...bundle,
        authData: { ...authData, channel_token: driver.token },
      } as unknown as Bundle;
      return run(whole, withCache, driver.cache).finally(() => {
        isOver = true;
        const kept = Object.values(driver.cache).join('').length;
        if (kept > largestMemory[trigger]) throw new Error(`The memory takes ${kept} characters.`);
      });
    },
  };
  return driver;
}

/** Returns the text that `z.cache` stores for a value. Throws if core would: if the value contains undefined. */
const encode = (value: unknown): string =>
  JSON.stringify(value, (key, inner) => {
    if (inner === undefined) throw new TypeError(`The value holds undefined at "${key}".`);
    return inner;
  });

/** Returns a driver without the platform's core: the channel answers `z.request` directly, fast enough for millions of polls. */
export const withoutCore = (channel: Channel, trigger: Trigger = 'new_contact'): Driver =>
  driverOf(trigger, channel, (bundle, withCache, store) => {
    // The answer has only the properties that the API client reads.
    const request = async ({ url }: { url: string }) => {
      const { status, body, date } = channel.answer(new URL(url).searchParams);
      const getHeader = (name: string) => (name === 'date' ? date : undefined);
      return { status, text: async () => body, headers: {}, getHeader };
    };
    const cache = withCache({
      get: async (key) => JSON.parse(store[key] ?? 'null'),
      set: async (key, value) => {
        store[key] = encode(value);
        return true;
      },
      delete: async (key) => delete store[key],
    });
    return triggers[trigger].poll({ request, cache } as unknown as ZObject, bundle);
  });

const itemsSchema = schema.array(
  schema.looseObject({
    id: schema.string(),
    created_at: schema.string(),
    version: schema.optional(schema.string()),
  }),
);
type Item = schema.infer<typeof itemsSchema>[number];

/** One poll: its times and requests, the items it returned, the IDs of the contacts it fired for, and its error. */
export interface Poll {
  began: number;
  ended: number;
  requests: number;
  returned: Item[];
  fired: string[];
  error?: Error;
}

/** Returns the parsed items of a poll. Throws if a contact is among them twice, or if they are not newest first. */
function checkReturned(returned: readonly unknown[]): Item[] {
  const items = itemsSchema.parse(returned);
  if (new Set(items.map(({ id }) => id)).size < items.length) {
    throw new Error('A contact was returned twice in one poll.');
  }
  if (items.some(({ created_at }, index) => created_at > (items[index - 1]?.created_at ?? created_at))) {
    throw new Error('Contacts were not returned newest first.');
  }
  return items;
}

/** The watched `values`, further `inputs`, and the Zap's `id`. If `id` is null, the platform does not name the Zap. */
export interface ZapOptions {
  values?: unknown;
  inputs?: Record<string, unknown>;
  id?: string | null;
}

/** A simulated Zap on a model of the channel. It records each poll, and lists the contacts that New Contact missed. */
export class Zap {
  /** The number of times the Zap has started for each contact, by ID. */
  readonly fired = new Map<string, number>();
  readonly polls: Poll[] = [];
  /** When the first request at switch-on was answered. New Contact should fire only for contacts created from then on. */
  since = Number.POSITIVE_INFINITY;
  readonly channel: Channel;
  private readonly zap: SimulatedZap;

  constructor(
    channel: Channel,
    { perform, trigger }: Driver,
    { values = ['TRUE'], inputs = {}, id = '1' }: ZapOptions = {},
  ) {
    this.channel = channel;
    const name = id === null ? {} : { zap: { id, user: { timezone: 'UTC' } } };
    const inputData = { field_name: 'zap', field_values: values, ...inputs };
    this.zap = new SimulatedZap(
      (_place, { meta }) => perform({ inputData, meta: { ...meta, ...name } }),
      `triggers.${trigger}`,
      inputData,
      triggers[trigger].primaryKey,
    );
  }

  private async measure(act: () => Promise<Pick<ZapPoll, 'returned' | 'fired'>>): Promise<Poll> {
    const [began, before] = [this.channel.now, this.channel.requests];
    const outcome = await act().then(
      ({ returned, fired }) => ({ returned: checkReturned(returned), fired: fired.map(({ id }) => id) }),
      (error: Error) => ({ returned: [], fired: [], error }),
    );
    return { began, ended: this.channel.now, requests: this.channel.requests - before, ...outcome };
  }

  async switchOn(): Promise<Poll> {
    this.since = this.channel.now + this.channel.options.latency;
    return this.measure(() => this.zap.switchOn());
  }

  async sample(): Promise<Poll> {
    return this.measure(async () => ({ returned: await this.zap.sample(), fired: [] }));
  }

  async poll(): Promise<Poll> {
    const poll = await this.measure(() => this.zap.poll());
    for (const id of poll.fired) this.fired.set(id, (this.fired.get(id) ?? 0) + 1);
    this.polls.push(poll);
    return poll;
  }

  /** The contacts that fired although they were created before the Zap was switched on. */
  get falselyFired() {
    return this.channel.people.filter(
      ({ id, born }) => Math.floor(born) < Math.floor(this.since) && this.fired.has(id),
    );
  }

  /** The contacts created since switch-on that match, can be read, and have not fired. */
  get missing() {
    return this.channel.people.filter(
      ({ id, born, values, isDamaged }) =>
        born >= this.since && values.size > 0 && !isDamaged && !this.fired.has(id),
    );
  }
}
