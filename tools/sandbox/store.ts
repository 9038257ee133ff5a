import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as schema from 'zod';
import { openDatabase } from './database.ts';
import { inboxTables, type SentMessage, sentMessage } from './inbox.ts';
import type { Message } from './message.ts';
import { seededContact } from './seeds.ts';
import type { Order } from './settings.ts';

/** A custom field's value. Answers hold mostly text; real booleans and nulls occur. */
export type FieldValue = string | number | boolean | null;
export type Fields = Readonly<Record<string, FieldValue>>;

/** A contact as the API answers it. `created_at` is in Unix seconds. */
export interface Contact {
  readonly id: string;
  readonly custom_fields: Fields;
  readonly tags: readonly string[];
  readonly created_at: number;
}

export const PAGE_SIZE = 10;
export const MAX_SEEDED = 100_000;
/** Unix seconds are below this until 2038, milliseconds are not. */
const MAX_TIME = 2 ** 31;
/** The number of the documents' sample `cus_112233344555`, so that the first contact created has that ID. */
const FIRST_ID = 112_233_344_555;

/** Changes with the tables: a data file with another version is refused. */
const VERSION = 2;
/** `number` counts contacts in the order in which they were added. `value` has a row for each searchable value of a contact. */
const tables = `
  CREATE TABLE contact (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, custom_fields TEXT NOT NULL, tags TEXT NOT NULL,
    created_at INTEGER NOT NULL, words TEXT NOT NULL
  );
  CREATE TABLE value (field TEXT, text TEXT, time INTEGER, contact INTEGER);
  ${inboxTables} PRAGMA user_version = ${VERSION};
`;
/** The indexes are made after the tables are filled: that is faster. `shuffled` is Knuth's multiplicative hash of a number. */
const indexes = `
  CREATE INDEX age ON contact (created_at);
  CREATE INDEX sorted ON value (field, text, time, contact);
  CREATE INDEX contact_values ON value (contact);
  CREATE INDEX shuffled ON value (field, text, contact * 2654435761 & 0xffffffff);
`;

const orders: Record<Order, string> = {
  newest_first: 'time DESC, contact DESC',
  oldest_first: 'time, contact',
  shuffled: 'contact * 2654435761 & 0xffffffff',
};

/** Returns a value as searches compare it: booleans without case, because TRUE and true are documented; other text exactly. */
const comparable = (value: FieldValue) =>
  String(value).replace(/^(?:true|false)$/i, (text) => text.toLowerCase());
/** Returns a text as `list` compares it: without case and accents. */
const folded = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '');

const contactRow = schema.object({
  id: schema.string(),
  // `z.record` would drop a field named __proto__.
  custom_fields: schema.string().transform((json): Fields => JSON.parse(json)),
  tags: schema.string().transform((json): string[] => JSON.parse(json)),
  created_at: schema.number(),
});
const numberRow = schema.object({ number: schema.number() });
const countRow = schema.object({ count: schema.number() });
const contactsOf = (rows: unknown[]): Contact[] => rows.map((row) => contactRow.parse(row));

export type StoreEvent =
  | { readonly type: 'contact'; readonly id: string }
  | { readonly type: 'message'; readonly sent: SentMessage };

export interface StoreOptions {
  /** How many contacts to seed. A data file that has contacts is not seeded again. */
  readonly contacts: number;
  /** The file that keeps contacts and messages. Without it they are in memory. */
  readonly data?: string | undefined;
  /** Unix seconds. */
  readonly now: () => number;
  /** Called after every change. */
  readonly changed: (event: StoreEvent) => void;
}

/** The sandbox's contacts and the messages sent to them. Later writes do not change a contact that was returned earlier. */
export class Store {
  readonly #now: () => number;
  readonly #changed: (event: StoreEvent) => void;
  readonly #db: DatabaseSync;
  readonly #isInMemory: boolean;
  #saveContact: StatementSync | undefined;
  #saveValue: StatementSync | undefined;
  #nextId = FIRST_ID;

  constructor({ contacts, data, now, changed }: StoreOptions) {
    if (!Number.isInteger(contacts) || contacts < 0 || contacts > MAX_SEEDED) {
      throw new RangeError(`contacts must be a whole number from 0 to ${MAX_SEEDED}.`);
    }
    this.#now = now;
    this.#changed = changed;
    const { db, isNew } = openDatabase(data ?? ':memory:', VERSION);
    this.#db = db;
    this.#isInMemory = data === undefined;
    if (!isNew) return;
    const until = now();
    // All in one transaction, so that a start that is cut short leaves no file without contacts.
    this.#atomic(() => {
      db.exec(tables);
      for (let count = 0; count < contacts; count++) this.#save(seededContact(count, contacts, until));
      db.exec(indexes);
    });
  }

  /** Adds a contact. By default it has a new `id`, is created now, and has no fields and tags. Throws if the ID is taken. */
  add(given: Partial<Contact> = {}): Contact {
    const { id = this.#newId(), custom_fields = {}, tags = [], created_at = this.#now() } = given;
    if (this.get(id)) throw new Error(`There is a contact ${id} already.`);
    if (!Number.isInteger(created_at) || created_at < 0 || created_at >= MAX_TIME) {
      throw new RangeError(`created_at must be in whole Unix seconds, not ${created_at}.`);
    }
    const contact = { id, custom_fields, tags, created_at };
    this.#atomic(() => this.#save(contact));
    this.#changed({ type: 'contact', id });
    return contact;
  }

  get(id: string): Contact | undefined {
    return contactRow.optional().parse(this.#row(id));
  }

  count(): number {
    return countRow.parse(this.#db.prepare('SELECT count(*) AS count FROM contact').get()).count;
  }

  /** Sets these fields and leaves the others. */
  update(id: string, fields: Fields): Contact {
    return this.#write(id, ({ custom_fields, ...contact }) => ({
      ...contact,
      custom_fields: { ...custom_fields, ...fields },
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

  /** Deletes a contact and its conversation, for tests. The API cannot delete contacts. */
  delete(id: string): void {
    this.#atomic(() => {
      const { number } = this.#remove(id);
      this.#db.prepare('DELETE FROM contact WHERE number = ?').run(number);
      this.#db.prepare('DELETE FROM message WHERE contactId = ?').run(id);
    });
    this.#changed({ type: 'contact', id });
  }

  /** Returns a page of the contacts that a query finds, and their total. Pages count from 1. */
  page(query: { field: string; value: string; order: Order }, page: number, size = PAGE_SIZE) {
    const wanted = [query.field, comparable(query.value)];
    const order = orders[query.order];
    const found = 'FROM value WHERE field = ? AND text = ?';
    const { count } = countRow.parse(this.#db.prepare(`SELECT count(*) AS count ${found}`).get(...wanted));
    const places = `SELECT contact, time ${found} ORDER BY ${order} LIMIT ? OFFSET ?`;
    const rows = this.#db
      .prepare(`SELECT * FROM (${places}) JOIN contact ON number = contact ORDER BY ${order}`)
      .all(...wanted, size, (page - 1) * size);
    return { total: count, contacts: contactsOf(rows) };
  }

  /** Returns every contact with this value in this field, newest first. */
  findByField(field: string, value: string): Contact[] {
    return this.page({ field, value, order: 'newest_first' }, 1, MAX_TIME).contacts;
  }

  /** Returns the newest contacts. With `text`, only those whose ID, fields or tags contain it, ignoring case and accents. */
  list({ text = '', limit = 50 }: { text?: string; limit?: number } = {}): Contact[] {
    const rows = this.#db
      .prepare('SELECT * FROM contact WHERE instr(words, ?) ORDER BY created_at DESC, number DESC LIMIT ?')
      .all(folded(text), limit);
    return contactsOf(rows);
  }

  /** Adds a message to a contact's conversation. */
  send(contactId: string, message: Message, forceCancelSurvey = false): SentMessage {
    if (!this.get(contactId)) throw new Error(`There is no such contact: ${contactId}`);
    const at = this.#now();
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO message (contactId, at, message, forceCancelSurvey) VALUES (?, ?, ?, ?)')
      .run(contactId, at, JSON.stringify(message), Number(forceCancelSurvey));
    const sent = { id: String(lastInsertRowid), contactId, at, message, forceCancelSurvey };
    this.#changed({ type: 'message', sent });
    return sent;
  }

  /** Returns the messages sent to a contact, newest last. */
  messagesOf(contactId: string): readonly SentMessage[] {
    const rows = this.#db.prepare('SELECT * FROM message WHERE contactId = ? ORDER BY id').all(contactId);
    return rows.map((row) => sentMessage.parse(row));
  }

  /** Closes the data file. A store in memory stays open for requests that have not ended. */
  close(): void {
    if (!this.#isInMemory && this.#db.isOpen) this.#db.close();
  }

  /** Runs the work in a transaction: if it throws, nothing is changed. */
  #atomic<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #row(id: string): unknown {
    return this.#db.prepare('SELECT * FROM contact WHERE id = ?').get(id);
  }

  /** Writes a contact; one with the same number is replaced. */
  #save({ id, custom_fields, tags, created_at }: Contact, known: number | null = null): void {
    this.#saveContact ??= this.#db.prepare('REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?)');
    this.#saveValue ??= this.#db.prepare('INSERT INTO value VALUES (?, ?, ?, ?)');
    const words = folded([id, ...Object.values(custom_fields), ...tags].join('\n'));
    const json = [JSON.stringify(custom_fields), JSON.stringify(tags)];
    const { lastInsertRowid } = this.#saveContact.run(known, id, ...json, created_at, words);
    for (const [field, value] of Object.entries(custom_fields)) {
      if (value !== null) this.#saveValue.run(field, comparable(value), created_at, lastInsertRowid);
    }
  }

  /** Removes a contact's values, so that searches no longer find it. Its own row stays. */
  #remove(id: string): { number: number; contact: Contact } {
    const row = this.#row(id);
    if (!row) throw new Error(`There is no such contact: ${id}`);
    const { number } = numberRow.parse(row);
    this.#db.prepare('DELETE FROM value WHERE contact = ?').run(number);
    return { number, contact: contactRow.parse(row) };
  }

  #write(id: string, change: (contact: Contact) => Contact): Contact {
    const after = this.#atomic(() => {
      const { number, contact } = this.#remove(id);
      const changed = change(contact);
      this.#save(changed, number);
      return changed;
    });
    this.#changed({ type: 'contact', id });
    return after;
  }

  #newId(): string {
    while (this.get(`cus_${this.#nextId}`)) this.#nextId++;
    return `cus_${this.#nextId++}`;
  }
}
