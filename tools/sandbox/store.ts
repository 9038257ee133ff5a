import type { Message } from './bodies.ts';
import type { Contact, Fields } from './contact.ts';
import { MAX_HANDLES, MAX_RANK } from './field-index.ts';
import { Inbox, type SentMessage } from './inbox.ts';
import { Lookup, type Query } from './lookup.ts';
import { Records } from './records.ts';
import { Seeds } from './seeds.ts';

export const PAGE_SIZE = 10;
/** More seeded contacts than this are refused: the rest of the handles is for contacts added later. */
export const MAX_SEEDED = MAX_HANDLES / 2;

/** The number of the documents' sample `cus_112233344555`, so that the first contact created has that ID. */
const FIRST_ID = 112_233_344_555;

export type StoreEvent =
  | { readonly type: 'contact'; readonly id: string }
  | { readonly type: 'message'; readonly sent: SentMessage };

export interface StoreOptions {
  /** How many contacts to seed. */
  readonly contacts: number;
  /** Unix seconds. */
  readonly now: () => number;
  /** Called after every change. */
  readonly changed: (event: StoreEvent) => void;
}

/** The channel's contacts and what was sent to them. Contacts are values: a change makes a new one. */
export class Store {
  readonly #now: () => number;
  readonly #changed: (event: StoreEvent) => void;
  readonly #records: Records;
  readonly #lookup: Lookup;
  readonly #inbox = new Inbox();
  #nextId = FIRST_ID;

  constructor({ contacts, now, changed }: StoreOptions) {
    if (!Number.isInteger(contacts) || contacts < 0 || contacts > MAX_SEEDED) {
      throw new RangeError(`contacts must be a whole number from 0 to ${MAX_SEEDED}.`);
    }
    this.#now = now;
    this.#changed = changed;
    const seeds = new Seeds(contacts, now());
    this.#records = new Records(seeds);
    this.#lookup = new Lookup(seeds, this.#records);
  }

  /** Adds a contact; what is not given is empty, `id` a new one, `created_at` now. Throws when the ID is taken. */
  add(given: Partial<Contact> = {}): Contact {
    const { id = this.#newId(), custom_fields = {}, tags = [], created_at = this.#now() } = given;
    if (this.get(id)) throw new Error(`There is a contact ${id} already.`);
    if (!Number.isInteger(created_at) || created_at < 0 || created_at >= MAX_RANK) {
      throw new RangeError(`created_at must be in whole Unix seconds, not ${created_at}.`);
    }
    const contact = { id, custom_fields, tags, created_at };
    this.#lookup.changed(this.#records.append(contact), undefined, contact);
    this.#changed({ type: 'contact', id });
    return contact;
  }

  get(id: string): Contact | undefined {
    return this.#records.find(id)?.contact;
  }

  /** Sets the fields given and leaves the others. */
  update(id: string, fields: Fields): Contact {
    return this.#write(id, (contact) => ({
      ...contact,
      custom_fields: { ...contact.custom_fields, ...fields },
    }));
  }

  addTags(id: string, tags: readonly string[]): Contact {
    return this.#write(id, (contact) => ({ ...contact, tags: [...new Set([...contact.tags, ...tags])] }));
  }

  removeTags(id: string, tags: readonly string[]): Contact {
    return this.#write(id, (contact) => ({
      ...contact,
      tags: contact.tags.filter((tag) => !tags.includes(tag)),
    }));
  }

  /** Deletes a contact and its conversation. The API has no such call; tests do. */
  delete(id: string): void {
    this.#write(id, () => undefined);
    this.#inbox.delete(id);
  }

  /** One page of the contacts a query finds, pages counted from 1, and how many there are in all. */
  page(query: Query, page: number): { contacts: Contact[]; total: number } {
    return this.#find(query, (page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  }

  /** Every contact with this value in this field, newest first. */
  findByField(field: string, value: string): Contact[] {
    return this.#find({ where: { field, value }, order: 'newest_first' }, 0, MAX_HANDLES).contacts;
  }

  /**
   * The newest contacts, or those of them that hold a text in their ID, a field or a tag, whatever its case.
   * Looks through contacts until there are enough: at a million, seconds for a text that none holds.
   */
  list({ text = '', limit = 50 }: { text?: string; limit?: number } = {}): Contact[] {
    const found: Contact[] = [];
    for (let from = 0; found.length < limit; from += 1000) {
      const { contacts, total } = this.#find({ order: 'newest_first' }, from, from + 1000);
      found.push(...contacts.filter((contact) => holds(contact, text.toLowerCase())));
      if (from + 1000 >= total) break;
    }
    return found.slice(0, limit);
  }

  /** Puts a message in a contact's conversation. */
  send(contactId: string, message: Message, forceCancelSurvey = false): SentMessage {
    this.#known(contactId);
    const sent = this.#inbox.send({ contactId, at: this.#now(), message, forceCancelSurvey });
    this.#changed({ type: 'message', sent });
    return sent;
  }

  /** What was sent to a contact, newest last. */
  messagesOf(contactId: string): readonly SentMessage[] {
    return this.#inbox.messagesOf(contactId);
  }

  #find(query: Query, from: number, to: number): { contacts: Contact[]; total: number } {
    const { handles, total } = this.#lookup.find(query, from, to);
    return { contacts: handles.flatMap((handle) => this.#records.at(handle) ?? []), total };
  }

  #known(id: string): { handle: number; contact: Contact } {
    const known = this.#records.find(id);
    if (!known) throw new Error(`There is no such contact: ${id}`);
    return known;
  }

  #write<Version extends Contact | undefined>(id: string, change: (contact: Contact) => Version): Version {
    const { handle, contact: before } = this.#known(id);
    const after = change(before);
    this.#records.write(handle, after);
    this.#lookup.changed(handle, before, after);
    this.#changed({ type: 'contact', id });
    return after;
  }

  #newId(): string {
    const id = `cus_${this.#nextId++}`;
    return this.get(id) ? this.#newId() : id;
  }
}

function holds(contact: Contact, text: string): boolean {
  const texts = [contact.id, ...Object.values(contact.custom_fields), ...contact.tags];
  return texts.join('\n').toLowerCase().includes(text);
}
