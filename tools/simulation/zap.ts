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

interface Returned {
  id: string;
  created_at: string;
}

/** One poll: what it returned and fired, what it cost, and how it failed. */
export interface Poll {
  began: number;
  ended: number;
  requests: number;
  returned: string[];
  fired: string[];
  error?: Error;
}

/** A model of the platform: a Zap that is switched on and polled, whose contacts fire once when first returned. */
export class Zap {
  readonly fired = new Map<string, number>();
  readonly polls: Poll[] = [];
  /** When it was switched on: when the first request of that poll was answered. */
  since = Number.POSITIVE_INFINITY;
  private readonly seen = new Set<string>();
  readonly channel: Channel;
  private readonly perform: Perform;
  private readonly values: unknown;
  private readonly id: string | null;

  constructor(channel: Channel, perform: Perform, values: unknown = ['TRUE'], id: string | null = '1') {
    this.channel = channel;
    this.perform = perform;
    this.values = values;
    this.id = id;
  }

  private bundle(flags: Partial<PollBundle['meta']>): PollBundle {
    return {
      inputData: { field_name: 'subscribed', field_values: this.values },
      meta: {
        isPopulatingDedupe: false,
        isLoadingSample: false,
        ...(this.id !== null && { zap: { id: this.id, user: { timezone: 'UTC' } } }),
        ...flags,
      },
    };
  }

  private async run(flags: Partial<PollBundle['meta']>): Promise<Poll> {
    const [began, before] = [this.channel.now, this.channel.requests];
    let returned: Returned[] = [];
    let error: Error | undefined;
    try {
      // A perform gives what the platform's checks have already found to be contacts with IDs.
      returned = (await this.perform(this.bundle(flags))) as Returned[];
    } catch (caught) {
      error = caught instanceof Error ? caught : new Error(String(caught));
    }
    const ids = returned.map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new Error('A contact was returned twice in one poll.');
    returned.reduce((newer, older) => {
      if (older.created_at > newer.created_at) throw new Error('Contacts were not returned newest first.');
      return older;
    }, returned[0] ?? { id: '', created_at: '' });
    const poll = { began, ended: this.channel.now, requests: this.channel.requests - before, returned: ids };
    return { ...poll, fired: [], ...(error && { error }) };
  }

  async switchOn(): Promise<Poll> {
    this.since = this.channel.now + this.channel.options.latency;
    const poll = await this.run({ isPopulatingDedupe: true });
    for (const id of poll.returned) this.seen.add(id);
    return poll;
  }

  async sample(): Promise<Poll> {
    return this.run({ isLoadingSample: true });
  }

  async poll(): Promise<Poll> {
    const poll = await this.run({});
    poll.fired = poll.returned.filter((id) => !this.seen.has(id));
    for (const id of poll.fired) {
      this.seen.add(id);
      this.fired.set(id, poll.began);
    }
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
