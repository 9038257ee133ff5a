import type { Draft } from './form.ts';

/**
 * What was typed into each form, by the place of its step, kept while the console runs. A field that the form hides
 * for now, because of another one's choice, keeps its value.
 */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  of(place: string): Draft {
    return this.#drafts.get(place) ?? new URLSearchParams();
  }

  /** Keeps the fields that a form sent beside those that it did not, and returns them all. */
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
