import type { Contact } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';
import { HOUR } from '../polling/durations.ts';
import { contactsOf, fingerprintLengths, GONE, type Known, type Memory, withContacts } from './memory.ts';
import type { Reading } from './reading.ts';
import { versionOf } from './version.ts';

export type VersionedContact = Contact & { version: string };

/** After so many readings, those who are there count as known, even if the lists never stood still. */
const READINGS_TO_LEARN = 3;

/** What one poll finds out, beside what was remembered when it began. */
export class Findings {
  private readonly before: Memory;
  private readonly after: Memory;
  /** What was remembered of each contact, and what is known now, by the fingerprint of its ID. */
  private readonly knownBefore: Map<string, Known>;
  private readonly known: Map<string, Known>;
  private readonly watch: (contact: Contact) => string;
  private readonly maySpare: boolean;
  /** The contacts that were read, each as it was read last. */
  private readonly contacts = new Map<string, { contact: VersionedContact; isFresh: boolean }>();
  /** Whether nothing moved in the last whole reading; undefined if there was none. */
  private wasStill: boolean | undefined;

  /** `watch` returns what is watched of a contact, `maySpare` whether it need not be read while the total is the same. */
  constructor(before: Memory, watch: (contact: Contact) => string, maySpare: boolean, isSwitchOn: boolean) {
    this.before = before;
    this.after = isSwitchOn ? { ...before, learning: 0, reading: null } : { ...before };
    this.knownBefore = contactsOf(before);
    this.known = contactsOf(before);
    this.watch = watch;
    this.maySpare = maySpare;
  }

  /** How many contacts the current reading has found. */
  get foundCount(): number {
    return [...this.known.values()].filter(({ isFound }) => isFound).length;
  }

  /** Whether it is not certain yet who is there. */
  get isLearning(): boolean {
    return this.after.learning !== null;
  }

  /** Whether only another reading can show if some contacts are gone. */
  private get isInDoubt(): boolean {
    return [...this.known.values()].some(({ misses }) => misses > 0 && misses < GONE);
  }

  /** Whether another reading is needed now. */
  get needsReading(): boolean {
    return this.isLearning || (this.wasStill === true && this.isInDoubt);
  }

  /** A reading begins, or goes on. */
  begin({ progress }: Reading): void {
    if (progress.pages === 0) for (const each of this.known.values()) each.isFound = false;
  }

  /**
   * A contact is there. Returns whether it is as it was. Changes are counted from what was remembered, so that a
   * repeated poll returns the same version.
   */
  find(contact: Contact): boolean {
    const id = fingerprint(contact.id, fingerprintLengths.id);
    const text = this.watch(contact);
    const watched = fingerprint(text, fingerprintLengths.watched);
    const { name, firstChanges, learning } = this.before;
    const known = this.knownBefore.get(id);
    const isChanged = known ? known.misses === GONE || known.watched !== watched : learning === null;
    const changes = known ? known.changes + Number(isChanged) : firstChanges;
    const freshness = isChanged ? 2 : (known?.freshness ?? 0);
    this.known.set(id, { watched, changes, freshness, misses: 0, isFound: true });
    const version = versionOf(text, name, changes);
    this.contacts.set(id, { contact: { ...contact, version }, isFresh: freshness > 0 });
    return !isChanged;
  }

  /** A reading came to its end. A contact that it did not find is gone if it was one request, and in doubt otherwise. */
  end({ progress: { hasMoved, pages, totals, unread } }: Reading, now: number): void {
    const { after, known } = this;
    const mayHide = hasMoved || unread > after.unread;
    for (const each of known.values()) {
      if (!each.isFound && !mayHide) each.misses = pages === 1 ? GONE : Math.min(each.misses + 1, GONE);
    }
    this.wasStill = !hasMoved;
    after.counted = this.maySpare && !hasMoved && !this.isInDoubt ? { totals, at: now } : null;
    after.reading = null;
    after.unread = after.learning === null ? Math.min(after.unread, unread) : unread;
    if (after.learning === null) return;
    after.learning += 1;
    const isSecond = after.learning > 1 && !hasMoved;
    if (pages === 1 || isSecond || after.learning === READINGS_TO_LEARN) after.learning = null;
  }

  /** The poll's limits ended a reading early. The next poll goes on with it, unless the one before it was enough. */
  cut({ progress }: Reading): void {
    const isEnough = this.isLearning && this.wasStill === true;
    Object.assign(this.after, isEnough ? { learning: null } : { reading: progress, counted: null });
  }

  /** The contacts that were read: those that changed within the last hour or so, or all of them. */
  list(isAll: boolean): VersionedContact[] {
    return [...this.contacts.values()].flatMap(({ contact, isFresh }) => (isAll || isFresh ? contact : []));
  }

  /** What to remember. Once an hour, what was fresh before a whole reading becomes less so. */
  remember(now: number): Memory {
    const { after, known, knownBefore } = this;
    const isAnyFresh = [...knownBefore.values()].some(({ freshness }) => freshness > 0);
    if (isAnyFresh && this.wasStill !== undefined && Math.abs(now - after.agedAt) >= HOUR) {
      after.agedAt = now;
      for (const [id, each] of known) {
        if (knownBefore.get(id)?.changes === each.changes) each.freshness = Math.max(each.freshness - 1, 0);
      }
    }
    return withContacts(after, known);
  }
}
