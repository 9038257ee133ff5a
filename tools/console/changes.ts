import { randomUUID } from 'node:crypto';

/** The parts of an open page that can change. Each is the name of an event of `/events`. */
export const topics = ['channel', 'faults', 'recipe', 'zap'] as const;
export type Topic = (typeof topics)[number];

/** Changes within this time are sent as one event. The delay is too short to be noticed. */
const batchMs = 30;

/** Tells open pages which parts have changed. */
export class Changes {
  readonly #listeners = new Set<(topic: Topic) => void>();
  readonly #pending = new Set<Topic>();
  readonly #start = randomUUID();
  #count = 0;

  /** Identifies the current state. It differs after each change and after each start of the console. */
  get revision(): string {
    return `${this.#start}.${this.#count}`;
  }

  /** Calls the listener after every change. Returns a function that ends that. */
  on(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(topic: Topic): void {
    this.#count += 1;
    if (this.#pending.size === 0) setTimeout(() => this.#flush(), batchMs).unref();
    this.#pending.add(topic);
  }

  #flush(): void {
    const topics = [...this.#pending];
    this.#pending.clear();
    for (const topic of topics) {
      for (const listener of this.#listeners) listener(topic);
    }
  }
}
