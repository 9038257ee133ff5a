/** What can change under an open page; each is the name of an event of `/events`. */
export type Topic = 'channel' | 'faults' | 'recipe' | 'requests' | 'zap';

/** Many changes within this time are sent as one event; short enough to go unnoticed. */
const batchMs = 30;

/** Tells open pages which part has changed. */
export class Changes {
  readonly #listeners = new Set<(topic: Topic) => void>();
  readonly #pending = new Set<Topic>();

  /** Calls the listener for every change until the function returned is called. */
  on(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(topic: Topic): void {
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
