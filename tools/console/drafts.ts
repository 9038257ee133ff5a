import type { Draft } from './form.ts';

/**
 * Keeps what was typed into each form, by the place of its step, while the console runs. A field keeps its value while a
 * choice in another field hides it.
 */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  of(place: string): Draft {
    return this.#drafts.get(place) ?? new URLSearchParams();
  }

  /** Keeps the fields that a form sent, and returns them with those that were kept before. */
  save(place: string, sent: Draft): Draft {
    const names = new Set(sent.keys());
    const others = [...this.of(place)].filter(([name]) => !names.has(name));
    const kept = new URLSearchParams([...others, ...sent]);
    this.#drafts.set(place, kept);
    return kept;
  }

  clear(place: string): void {
    this.#drafts.delete(place);
  }
}
