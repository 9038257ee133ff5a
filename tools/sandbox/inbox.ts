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

/** Reads a row of the message table. */
export const sentMessage = schema.object({
  id: schema.number().transform(String),
  contactId: schema.string(),
  at: schema.number(),
  // The message is not checked, because `Store.send` also takes messages that the API would refuse.
  message: schema.string().transform((json): Message => JSON.parse(json)),
  forceCancelSurvey: schema.number().transform(Boolean),
});
