import type { Contact } from '../models/contact.ts';
import { fingerprint } from '../models/fingerprint.ts';
import { HOUR } from '../polling/durations.ts';
import { contactsOf, fingerprintLengths, GONE, type Known, type Memory, withContacts } from './memory.ts';
import type { Reading } from './reading.ts';
import { versionOf } from './version.ts';

export type VersionedContact = Contact & { version: string };
/** Readings after which the contacts that are there count as known, even if the lists never stood still. */
const READINGS_TO_LEARN = 3;

/** The findings of one poll, on top of what was remembered when it began. */
export class Findings {
  private readonly before: Memory;
  private readonly after: Memory;
  /** What was remembered of each contact, and what is known now, by the fingerprint of its ID. */
  private readonly knownBefore: Map<string, Known>;
  private readonly known: Map<string, Known>;
  private readonly watch: (contact: Contact) => string;
  private readonly maySpare: boolean;
  /** The contacts that were read, as they were read last. */
  private readonly contacts = new Map<string, { contact: VersionedContact; isFresh: boolean }>();
  /** True if nothing moved in the last whole reading; undefined if there was none. */
  private wasStill: boolean | undefined;

  /** `watch` returns the watched part of a contact. `maySpare`: an unchanged total may make a reading unnecessary. */
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

  /** True while it is not certain which contacts have a watched value. */
  get isLearning(): boolean {
    return this.after.learning !== null;
  }

  /** True if only another reading can show that some contacts are gone. */
  private get isInDoubt(): boolean {
    return [...this.known.values()].some(({ misses }) => misses > 0 && misses < GONE);
  }

  get needsReading(): boolean {
    return this.isLearning || (this.wasStill === true && this.isInDoubt);
  }

  begin({ progress }: Reading): void {
    if (progress.pages === 0) for (const each of this.known.values()) each.isFound = false;
  }

  /**
   * Notes a contact. True if it is unchanged. Changes count from what was remembered, so a repeated poll returns the same version.
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

  /** Ends a reading. A contact that it missed is gone if the reading was one request, otherwise it is in doubt. */
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

  /** Stops a reading at the poll's limits. The next poll continues it, unless the reading before it has told who is there. */
  cut({ progress }: Reading): void {
    const isEnough = this.isLearning && this.wasStill === true;
    Object.assign(this.after, isEnough ? { learning: null } : { reading: progress, counted: null });
  }

  /** Returns the contacts that changed within about an hour; if `isAll`, all that were read. */
  list(isAll: boolean): VersionedContact[] {
    return [...this.contacts.values()].flatMap(({ contact, isFresh }) => (isAll || isFresh ? contact : []));
  }

  /** Returns the new memory. Once an hour, contacts that were fresh before a whole reading become less fresh. */
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
