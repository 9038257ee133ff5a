/** What can change under an open page. */
export type Topic = 'channel' | 'faults' | 'zap';

/** Long enough for a burst to be one piece of news, too short to be noticed. */
const gatheringMs = 30;

/** Tells open pages what has changed; many changes in a moment are told once. */
export class Changes {
  readonly #listeners = new Set<(topic: Topic) => void>();
  readonly #waiting = new Set<Topic>();

  /** Calls the listener for every change until the function returned is called. */
  on(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(topic: Topic): void {
    if (this.#waiting.size === 0) setTimeout(() => this.#flush(), gatheringMs).unref();
    this.#waiting.add(topic);
  }

  #flush(): void {
    const topics = [...this.#waiting];
    this.#waiting.clear();
    for (const topic of topics) {
      for (const listener of this.#listeners) listener(topic);
    }
  }
}
