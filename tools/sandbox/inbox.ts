import type { DatabaseSync } from 'node:sqlite';
import * as schema from 'zod';
import type { Message } from './message.ts';

/** A message as it was sent. `at` is in Unix seconds. */
export interface SentMessage {
  readonly id: string;
  readonly contactId: string;
  readonly at: number;
  readonly message: Message;
  readonly forceCancelSurvey: boolean;
}

export const inboxTables = `
  CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, contactId TEXT NOT NULL, at INTEGER NOT NULL, message TEXT NOT NULL,
    forceCancelSurvey INTEGER NOT NULL
  );
  CREATE INDEX conversation ON message (contactId);
`;

const sentMessage = schema.object({
  id: schema.number().transform(String),
  contactId: schema.string(),
  at: schema.number(),
  // Not checked again: `send` of the store, too, may have written what the API refuses.
  message: schema.string().transform((json): Message => JSON.parse(json)),
  forceCancelSurvey: schema.number().transform(Boolean),
});

/** The conversations: what was sent to each contact, newest last. */
export class Inbox {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  send(draft: Omit<SentMessage, 'id'>): SentMessage {
    const { contactId, at, message, forceCancelSurvey } = draft;
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO message (contactId, at, message, forceCancelSurvey) VALUES (?, ?, ?, ?)')
      .run(contactId, at, JSON.stringify(message), Number(forceCancelSurvey));
    return { id: String(lastInsertRowid), ...draft };
  }

  messagesOf(contactId: string): readonly SentMessage[] {
    const rows = this.#db.prepare('SELECT * FROM message WHERE contactId = ? ORDER BY id').all(contactId);
    return rows.map((row) => sentMessage.parse(row));
  }

  delete(contactId: string): void {
    this.#db.prepare('DELETE FROM message WHERE contactId = ?').run(contactId);
  }
}
