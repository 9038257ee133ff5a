import { setImmediate } from 'node:timers/promises';
import * as schema from 'zod';
import type { Message } from './bodies.ts';
import type { Contact, Fields } from './contact.ts';
import { Database } from './database.ts';
import { Inbox, inboxTables, type SentMessage } from './inbox.ts';
import { Places, placeTables, placeTriggers, type Query } from './places.ts';
import { seededContact } from './seeds.ts';

export const PAGE_SIZE = 10;
/** A million contacts take about 1.2 GB of memory. */
export const MAX_SEEDED = 2_000_000;
/** Unix seconds are below this until 2038, milliseconds are not. */
const MAX_TIME = 2 ** 31;
/** How many contacts are seeded, or searched for a text, in one step. */
const CHUNK = 20_000;

/** The number of the documents' sample `cus_112233344555`, so that the first contact created has that ID. */
const FIRST_ID = 112_233_344_555;

/** Changes with the tables: a file with another version is refused. */
const VERSION = 1;

/** `number` is the order in which contacts were added. `words` holds all texts of a contact, for `find`. */
const tables = `
  CREATE TABLE contact (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, custom_fields TEXT NOT NULL, tags TEXT NOT NULL,
    created_at INTEGER NOT NULL
  );
  CREATE TABLE words (
    created_at INTEGER, contact INTEGER, words TEXT NOT NULL, PRIMARY KEY (created_at, contact)
  ) WITHOUT ROWID;
  ${placeTables} ${inboxTables} PRAGMA user_version = ${VERSION};
`;

/** A text in the form that `words` has: in lower case, and without NUL, which ends a text for GLOB. */
const searchable = (text: string) => text.toLowerCase().replaceAll('\0', ' ');

const contactRow = schema.object({
  id: schema.string(),
  // zod's record would drop a field named __proto__.
  custom_fields: schema.string().transform((json): Fields => JSON.parse(json)),
  tags: schema.string().transform((json): string[] => JSON.parse(json)),
  created_at: schema.number(),
});
const numberRow = schema.object({ number: schema.number() });
const countRow = schema.object({ count: schema.number() });
const timeRow = schema.object({ created_at: schema.number() }).optional();

export type StoreEvent =
  | { readonly type: 'contact'; readonly id: string }
  | { readonly type: 'message'; readonly sent: SentMessage };

export interface StoreOptions {
  /** How many contacts to seed. A data file that has contacts is not seeded again. */
  readonly contacts: number;
  /** The file that keeps contacts and messages; without one they are in memory. */
  readonly data?: string | undefined;
  /** Unix seconds. */
  readonly now: () => number;
  /** Called after every change. */
  readonly changed: (event: StoreEvent) => void;
  /** Called with the number of contacts seeded so far. */
  readonly seeded?: ((count: number) => void) | undefined;
}

/** The channel's contacts and the messages sent to them. A contact that was read is not changed by later writes. */
export class Store {
  readonly #now: () => number;
  readonly #changed: (event: StoreEvent) => void;
  readonly #db: Database;
  readonly #places: Places;
  readonly #inbox: Inbox;
  #nextId = FIRST_ID;

  constructor({ contacts, data, now, changed, seeded = () => {} }: StoreOptions) {
    if (!Number.isInteger(contacts) || contacts < 0 || contacts > MAX_SEEDED) {
      throw new RangeError(`contacts must be a whole number from 0 to ${MAX_SEEDED}.`);
    }
    this.#now = now;
    this.#changed = changed;
    this.#db = new Database(data, VERSION);
    this.#places = new Places(this.#db);
    this.#inbox = new Inbox(this.#db);
    // In one step, so that a start that is cut short leaves no file without contacts.
    if (this.#db.isNew) this.#db.atomic(() => this.#seed(contacts, seeded));
    this.#db.exec(placeTriggers);
  }

  /** Adds a contact; what is not given is empty, `id` a new one, `created_at` now. Throws when the ID is taken. */
  add(given: Partial<Contact> = {}): Contact {
    const { id = this.#newId(), custom_fields = {}, tags = [], created_at = this.#now() } = given;
    if (this.get(id)) throw new Error(`There is a contact ${id} already.`);
    if (!Number.isInteger(created_at) || created_at < 0 || created_at >= MAX_TIME) {
      throw new RangeError(`created_at must be in whole Unix seconds, not ${created_at}.`);
    }
    const contact = { id, custom_fields, tags, created_at };
    this.#db.atomic(() => this.#places.add(this.#save(contact)));
    this.#changed({ type: 'contact', id });
    return contact;
  }

  get(id: string): Contact | undefined {
    return contactRow.optional().parse(this.#db.get('SELECT * FROM contact WHERE id = ?', id));
  }

  /** How many contacts there are. */
  count(): number {
    return countRow.parse(this.#db.get('SELECT count(*) AS count FROM contact')).count;
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
    const { number, contact } = this.#known(id);
    this.#db.atomic(() => {
      this.#places.remove(number);
      this.#db.run('DELETE FROM words WHERE created_at = ? AND contact = ?', contact.created_at, number);
      this.#db.run('DELETE FROM contact WHERE number = ?', number);
      this.#inbox.delete(id);
    });
    this.#changed({ type: 'contact', id });
  }

  /** One page of the contacts a query finds, pages counted from 1, and how many there are in all. */
  page(query: Query, page: number): { contacts: Contact[]; total: number } {
    return this.#search(query, (page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  }

  /** Every contact with this value in this field, newest first. */
  findByField(field: string, value: string): Contact[] {
    return this.#search({ where: { field, value }, order: 'newest_first' }, 0, Number.MAX_SAFE_INTEGER)
      .contacts;
  }

  /** The newest contacts, or those of them that hold a text in their ID, a field or a tag, whatever its case. */
  list({ text = '', limit = 50 }: { text?: string; limit?: number } = {}): Contact[] {
    return [...this.#scan(text, limit)].flat();
  }

  /**
   * The same as `list`, and whether there are more. Other work is done in between: at a million contacts, a text that
   * none holds takes about 200 ms.
   */
  async find({ text = '', limit = 50 }: { text?: string; limit?: number } = {}) {
    const found: Contact[] = [];
    for (const contacts of this.#scan(text, limit + 1)) {
      found.push(...contacts);
      await setImmediate();
    }
    return { contacts: found.slice(0, limit), more: found.length > limit };
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

  /** Closes the data file. */
  close(): void {
    this.#db.close();
  }

  #seed(contacts: number, seeded: (count: number) => void): void {
    this.#db.exec(tables);
    const until = this.#now();
    for (let count = 0, first = 1; count < contacts; first = count + 1) {
      const end = Math.min(count + CHUNK, contacts);
      for (; count < end; count++) this.#save(seededContact(count, contacts, until));
      this.#places.add(first, count);
      seeded(count);
    }
  }

  /** Writes a new contact, or over the one with this number. Returns its number. */
  #save(contact: Contact, known: number | null = null): number {
    const { id, custom_fields, tags, created_at } = contact;
    const texts = [JSON.stringify(custom_fields), JSON.stringify(tags)] as const;
    const words = searchable([id, ...Object.values(custom_fields), ...tags].join('\n'));
    const number = this.#db.run(
      'REPLACE INTO contact VALUES (?, ?, ?, ?, ?)',
      known,
      id,
      ...texts,
      created_at,
    );
    this.#db.run('REPLACE INTO words VALUES (?, ?, ?)', created_at, number, words);
    return number;
  }

  #known(id: string): { number: number; contact: Contact } {
    const row = this.#db.get('SELECT * FROM contact WHERE id = ?', id);
    if (!row) throw new Error(`There is no such contact: ${id}`);
    return { ...numberRow.parse(row), contact: contactRow.parse(row) };
  }

  #write(id: string, change: (contact: Contact) => Contact): Contact {
    const { number, contact } = this.#known(id);
    const after = change(contact);
    this.#db.atomic(() => {
      this.#places.remove(number);
      this.#places.add(this.#save(after, number));
    });
    this.#changed({ type: 'contact', id });
    return after;
  }

  #search(query: Query, from: number, to: number): { contacts: Contact[]; total: number } {
    const { total, rows } = this.#places.find(query, from, to);
    return { total, contacts: rows.map((row) => contactRow.parse(row)) };
  }

  /** Contacts that hold a text, newest first and at most `limit`, after every chunk of those looked through. */
  *#scan(text: string, limit: number): Generator<Contact[]> {
    // GLOB takes half of the time of instr(). In brackets, its special characters stand for themselves.
    const pattern = `*${searchable(text).replaceAll(/[*?[]/g, '[$&]')}*`;
    for (let before = MAX_TIME, left = limit; before > 0 && left > 0; ) {
      const from = this.#chunkBefore(before);
      const rows = this.#db.all(
        `SELECT contact.* FROM words JOIN contact ON number = contact
          WHERE words.created_at >= ? AND words.created_at < ? AND words GLOB ?
          ORDER BY words.created_at DESC, number DESC LIMIT ?`,
        from,
        before,
        pattern,
        left,
      );
      yield rows.map((row) => contactRow.parse(row));
      left -= rows.length;
      before = from;
    }
  }

  /** When a chunk of contacts begins that were created before a time: 0 where it is the last one. */
  #chunkBefore(time: number): number {
    const row = this.#db.get(
      `SELECT created_at FROM words WHERE created_at < ? ORDER BY created_at DESC LIMIT 1 OFFSET ${CHUNK}`,
      time,
    );
    return timeRow.parse(row)?.created_at ?? 0;
  }

  #newId(): string {
    while (this.get(`cus_${this.#nextId}`)) this.#nextId++;
    return `cus_${this.#nextId++}`;
  }
}
