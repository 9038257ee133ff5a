import { type Contact, fieldText, matchText } from './contact.ts';
import { FieldIndex, MAX_RANK } from './field-index.ts';
import { hashText } from './hash.ts';
import type { Records } from './records.ts';
import type { Seeds } from './seeds.ts';

/** The orders results can come in. Shuffled is stable and has nothing to do with when a contact was created. */
export const ORDERS = ['newest_first', 'oldest_first', 'shuffled'] as const;
export type Order = (typeof ORDERS)[number];

/** What contacts are looked up by; without a field, all of them. */
export interface Query {
  readonly where?: { readonly field: string; readonly value: string };
  readonly order: Order;
}

/** One built index. Newest and oldest first are the same one, read from either end. */
interface Built {
  readonly field: string | undefined;
  readonly shuffled: boolean;
  readonly index: FieldIndex;
}

/** Finds contacts through an index per field, built when it is first asked for. */
export class Lookup {
  readonly #seeds: Seeds;
  readonly #records: Records;
  readonly #built: Built[] = [];

  constructor(seeds: Seeds, records: Records) {
    this.#seeds = seeds;
    this.#records = records;
  }

  /** How many contacts match, and the handles of those from place `from` up to place `to`. */
  find({ where, order }: Query, from: number, to: number): { total: number; handles: number[] } {
    const built = this.#indexOf(where?.field, order === 'shuffled');
    const value = matchText(where?.value) ?? '';
    if (where) this.#insertUnshared(built, where.field, value);
    const total = built.index.total(value);
    if (order !== 'newest_first') return { total, handles: built.index.slice(value, from, to) };
    return { total, handles: built.index.slice(value, total - to, total - from).reverse() };
  }

  /** Keeps the built indexes right when a contact is added (no `before`), changed or deleted (no `after`). */
  changed(handle: number, before: Contact | undefined, after: Contact | undefined): void {
    const contact = after ?? before;
    if (!contact) return;
    for (const { field, shuffled, index } of this.#built) {
      const was = before && indexedText(before, field);
      const is = after && indexedText(after, field);
      if (was === is) continue;
      const rank = shuffled ? shuffledRank(contact.id) : contact.created_at;
      if (was !== undefined) index.remove({ value: was, rank, handle });
      if (is !== undefined) index.insert({ value: is, rank, handle });
    }
  }

  #indexOf(field: string | undefined, shuffled: boolean): Built {
    const known = this.#built.find((built) => built.field === field && built.shuffled === shuffled);
    if (known) return known;
    const built = { field, shuffled, index: new FieldIndex(this.#entries(field, shuffled)) };
    this.#built.push(built);
    return built;
  }

  *#entries(field: string | undefined, shuffled: boolean) {
    const every = field === undefined || this.#seeds.isShared(field);
    for (const handle of every ? this.#records.handles() : this.#records.writtenHandles()) {
      const value = field === undefined ? '' : this.#records.textAt(handle, field);
      if (value !== undefined) yield { value, rank: this.#rankAt(handle, shuffled), handle };
    }
  }

  /** A million values that one seeded contact has each are not indexed: one joins when it is asked for. */
  #insertUnshared({ shuffled, index }: Built, field: string, value: string): void {
    const handle = this.#seeds.ordinalBy(field, value);
    if (handle === undefined || this.#records.textAt(handle, field) !== value) return;
    index.insert({ value, rank: this.#rankAt(handle, shuffled), handle });
  }

  #rankAt(handle: number, shuffled: boolean): number {
    return shuffled ? shuffledRank(this.#records.idAt(handle)) : this.#records.createdAt(handle);
  }
}

function indexedText(contact: Contact, field: string | undefined): string | undefined {
  return field === undefined ? '' : fieldText(contact, field);
}

/** Where an ID stands in the shuffled order. */
function shuffledRank(id: string): number {
  return hashText(id) % MAX_RANK;
}
