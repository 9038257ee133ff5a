import type { Draft } from './form.ts';

/**
 * What was typed into each form, by the place of its step, kept while the console runs. A field that the form hides
 * for now, because of another one's choice, keeps its value.
 */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #changed: (place: string) => void;

  /** `changed` is called after every change of a form. */
  constructor(changed: (place: string) => void) {
    this.#changed = changed;
  }

  of(place: string): Draft {
    return this.#drafts.get(place) ?? new URLSearchParams();
  }

  /** Takes over the fields that a form sent, and gives all of them. */
  save(place: string, sent: Draft): Draft {
    const kept = new URLSearchParams(this.of(place));
    for (const name of new Set(sent.keys())) {
      kept.delete(name);
      for (const value of sent.getAll(name)) kept.append(name, value);
    }
    this.#drafts.set(place, kept);
    this.#changed(place);
    return kept;
  }

  clear(place: string): void {
    this.#drafts.delete(place);
  }
}
