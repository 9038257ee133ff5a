import { type Contact, fieldText, matchText } from './contact.ts';
import { SAMPLE, type Seeds } from './seeds.ts';

/**
 * Every contact by its handle: 0, 1, 2… in order of arrival, seeded ones first. Seeded contacts are computed when
 * asked for; only what was written since is kept. Handles of deleted contacts are not used again.
 */
export class Records {
  readonly #seeds: Seeds;
  readonly #written = new Map<number, Contact | undefined>();
  readonly #addedIds = new Map<string, number>();
  #handles: number;

  constructor(seeds: Seeds) {
    this.#seeds = seeds;
    this.#handles = seeds.count;
    if (seeds.count > 0) this.#written.set(0, SAMPLE);
  }

  at(handle: number): Contact | undefined {
    return this.#written.has(handle) ? this.#written.get(handle) : this.#seeds.at(handle);
  }

  /** A contact and its handle. */
  find(id: string): { handle: number; contact: Contact } | undefined {
    const handle = this.#addedIds.get(id) ?? this.#seeds.ordinalOf(id);
    const contact = handle === undefined ? undefined : this.at(handle);
    return handle === undefined || contact === undefined ? undefined : { handle, contact };
  }

  append(contact: Contact): number {
    const handle = this.#handles++;
    this.#written.set(handle, contact);
    this.#addedIds.set(contact.id, handle);
    return handle;
  }

  /** Replaces a contact by its new version; undefined deletes it. */
  write(handle: number, contact: Contact | undefined): void {
    this.#written.set(handle, contact);
  }

  idAt(handle: number): string {
    return this.#written.get(handle)?.id ?? this.#seeds.idAt(handle);
  }

  createdAt(handle: number): number {
    return this.#written.get(handle)?.created_at ?? this.#seeds.createdAt(handle);
  }

  /** What a field is compared by; see matchText. Undefined for a deleted contact too. */
  textAt(handle: number, field: string): string | undefined {
    if (!this.#written.has(handle)) return matchText(this.#seeds.valueAt(handle, field));
    const contact = this.#written.get(handle);
    return contact && fieldText(contact, field);
  }

  *handles(): Generator<number> {
    for (let handle = 0; handle < this.#handles; handle++) {
      if (!this.#written.has(handle) || this.#written.get(handle)) yield handle;
    }
  }

  *writtenHandles(): Generator<number> {
    for (const [handle, contact] of this.#written) if (contact) yield handle;
  }
}
