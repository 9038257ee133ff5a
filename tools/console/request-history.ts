import type { LoggedRequest } from '../sandbox/log.ts';

/** A request that the sandbox answered. */
export interface HistoryEntry {
  /** Counts all requests from 1. */
  number: number;
  /** The label of the step that made it, or {@link otherPrograms}. */
  step: string;
  request: LoggedRequest;
}

/** What made a request that no run of the console did. */
export const otherPrograms = 'Other programs';

const keptEntries = 100;
/** Characters of bodies and answers: 100 answers of the largest size would take 100 MB. */
export const keptCharacters = 5_000_000;

/** How many characters the bodies and answers of requests have. */
export function charactersOf(requests: readonly LoggedRequest[]): number {
  return requests.reduce((sum, { body, answer }) => sum + body.length + answer.length, 0);
}

/** The last hundred requests; fewer where they are long. */
export class RequestHistory {
  #entries: HistoryEntry[] = [];
  #count = 0;

  add(step: string, request: LoggedRequest): void {
    this.#count += 1;
    this.#entries = [{ number: this.#count, step, request }, ...this.#entries].slice(0, keptEntries);
    while (this.#entries.length > 1 && this.#size > keptCharacters) this.#entries.pop();
  }

  /** Newest first; only those of a step where one is given. */
  list(step?: string): readonly HistoryEntry[] {
    return step === undefined ? this.#entries : this.#entries.filter((entry) => entry.step === step);
  }

  find(number: number): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.number === number);
  }

  get #size(): number {
    return charactersOf(this.#entries.map(({ request }) => request));
  }
}
