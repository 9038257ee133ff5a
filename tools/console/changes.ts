import { randomUUID } from 'node:crypto';

/** What can change under an open page; each is the name of an event of `/events`. */
export const topics = ['channel', 'faults', 'recipe', 'zap'] as const;
export type Topic = (typeof topics)[number];

/** Many changes within this time are sent as one event; short enough to go unnoticed. */
const batchMs = 30;

/** Tells open pages which part has changed. */
export class Changes {
  readonly #listeners = new Set<(topic: Topic) => void>();
  readonly #pending = new Set<Topic>();
  readonly #start = randomUUID();
  #count = 0;

  /** Identifies the current state: another text after each change, and in each start of the console. */
  get revision(): string {
    return `${this.#start}.${this.#count}`;
  }

  /** Calls the listener for every change until the function returned is called. */
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
