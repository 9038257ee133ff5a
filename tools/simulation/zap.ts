import * as schema from 'zod';
import { SimulatedZap, type Poll as ZapPoll } from '../zapier/simulated-zap.ts';
import type { Channel } from './channel.ts';

/** What the platform gives to a poll, as far as it matters here. */
export interface PollBundle {
  inputData: { field_name: string; field_values: unknown };
  meta: {
    isPopulatingDedupe?: boolean;
    isLoadingSample?: boolean;
    zap?: { id: string; user: { timezone: string } };
  };
}

export type Perform = (bundle: PollBundle) => Promise<unknown>;

/** What drives polls of a channel, and its `z.cache` as text by key. */
export interface Driver {
  perform: Perform;
  cache: Record<string, string>;
  /** From now on, all of the cache throws, or its reads do, or those of one of its two keys, or writes resolve to `false`. */
  fail: (what: CacheFault) => unknown;
  /** Called with the key of every write that succeeds. */
  onWrite: (key: string) => unknown;
}

export type CacheFault = 'all' | 'reads' | 'state' | 'start' | 'writes' | 'nothing';

/** Whether reading a key fails. The key that holds only when the Zap was switched on ends in `:since`. */
export const failsToRead = (fault: CacheFault, key: string): boolean =>
  fault === 'all' || fault === 'reads' || fault === (key.endsWith(':since') ? 'start' : 'state');

export type Start = (channel: Channel) => Driver;

const itemsSchema = schema.array(schema.object({ id: schema.string(), created_at: schema.string() }));

/** One poll: what it returned and fired, what it cost, and how it failed. */
export interface Poll {
  began: number;
  ended: number;
  requests: number;
  returned: string[];
  fired: string[];
  error?: Error;
}

/** Throws where a poll returned a contact twice, or not the newest first. */
function checkReturned(returned: readonly unknown[]): string[] {
  const items = itemsSchema.parse(returned);
  const ids = items.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new Error('A contact was returned twice in one poll.');
  if (items.some(({ created_at }, index) => created_at > (items[index - 1]?.created_at ?? created_at))) {
    throw new Error('Contacts were not returned newest first.');
  }
  return ids;
}

/** A simulated Zap on a model of the channel, with what the model knows of it: its cost, and what it missed. */
export class Zap {
  readonly fired = new Map<string, number>();
  readonly polls: Poll[] = [];
  /** When it was switched on: when the first request of that poll was answered. */
  since = Number.POSITIVE_INFINITY;
  readonly channel: Channel;
  private readonly zap: SimulatedZap;

  /** `id` is how the platform names the Zap; null where it does not. */
  constructor(channel: Channel, perform: Perform, values: unknown = ['TRUE'], id: string | null = '1') {
    this.channel = channel;
    const name = id === null ? {} : { zap: { id, user: { timezone: 'UTC' } } };
    const inputData = { field_name: 'subscribed', field_values: values };
    this.zap = new SimulatedZap(
      (_place, { meta }) => perform({ inputData, meta: { ...meta, ...name } }),
      'triggers.new_contact',
      inputData,
    );
  }

  private async measure(act: () => Promise<Pick<ZapPoll, 'returned' | 'fired'>>): Promise<Poll> {
    const [began, before] = [this.channel.now, this.channel.requests];
    const spent = () => ({ began, ended: this.channel.now, requests: this.channel.requests - before });
    let done: Pick<ZapPoll, 'returned' | 'fired'>;
    try {
      done = await act();
    } catch (caught) {
      const error = caught instanceof Error ? caught : new Error(String(caught));
      return { ...spent(), returned: [], fired: [], error };
    }
    return { ...spent(), returned: checkReturned(done.returned), fired: done.fired.map(({ id }) => id) };
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
    for (const id of poll.fired) this.fired.set(id, poll.began);
    this.polls.push(poll);
    return poll;
  }

  /** Contacts created before the Zap was switched on that fired all the same. */
  get falselyFired() {
    return this.channel.people.filter(
      ({ id, born }) => Math.floor(born) < Math.floor(this.since) && this.fired.has(id),
    );
  }

  /** Contacts created since that are still there and have not fired. */
  get missing() {
    return this.channel.people.filter(
      ({ id, born, values }) => born >= this.since && values.size > 0 && !this.fired.has(id),
    );
  }
}
