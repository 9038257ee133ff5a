import { fingerprint } from '../models/fingerprint.ts';

/** Characters of a fingerprint in a memory: 2,000 take 12 kB, and one contact in 30 million is taken for one of them. */
const LENGTH = 6;

/** Contacts that were dealt with lately, remembered by short fingerprints of their IDs. */
export class Fingerprints {
  readonly most: number; // How many contacts are remembered.
  private readonly remembered: string;
  private readonly all: Set<string>;
  private readonly added = new Map<string, number>(); // With the times when the contacts were created.

  /** `remembered` is the `text` of an earlier poll. */
  constructor(remembered: string, most: number) {
    this.most = most;
    this.remembered = remembered;
    this.all = new Set(remembered.match(new RegExp(`.{${LENGTH}}`, 'g')));
  }

  get isFull(): boolean {
    return this.all.size >= this.most;
  }

  has(id: string): boolean {
    return this.all.has(fingerprint(id, LENGTH));
  }

  /** Adds a contact that was created at this time. False if it is known already. */
  add(id: string, createdAt: number): boolean {
    const short = fingerprint(id, LENGTH);
    if (this.all.has(short)) return false;
    this.all.add(short);
    this.added.set(short, createdAt);
    return true;
  }

  addAll(items: Iterable<{ contact: { id: string }; createdAt: number }>): void {
    for (const { contact, createdAt } of items) this.add(contact.id, createdAt);
  }

  /** The text to remember: the fingerprints that were added last, those of the newest contacts at the end. */
  get text(): string {
    const added = [...this.added].sort(([, a], [, b]) => a - b).map(([short]) => short);
    return (this.remembered + added.join('')).slice(-this.most * LENGTH);
  }
}
