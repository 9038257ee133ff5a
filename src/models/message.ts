import type { PlainOutputField } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { contactIdSchema, contactSample } from './contact.ts';
import { optionalIfValid, successShape } from './schemas.ts';

/** A message as the Messages API takes it, in `{body: [message]}`. */
export type Message = { type: string } & Record<string, unknown>;

/** The answer to a message. Only a template's answer holds the ID of the message; the others hold an empty list. */
export const sendAnswerSchema = schema.object({
  ...successShape,
  data: optionalIfValid(schema.object({ id: contactIdSchema })),
});
export type SendAnswer = schema.infer<typeof sendAnswerSchema>;

/** What a step outputs that sends something. */
export type SentMessage = {
  /** Of the contact. */
  id: string;
  status: 'success';
  message?: string;
  /** Whether the contact was created for this message. */
  created: boolean;
  message_id?: string;
};

export const sentOutputFields: PlainOutputField[] = [
  { key: 'id', label: 'Contact ID' },
  { key: 'status', label: 'Status' },
  { key: 'message', label: 'Message' },
  { key: 'created', label: 'Is New Contact', type: 'boolean' },
  { key: 'message_id', label: 'Message ID' },
];

export const sentSample: SentMessage = {
  id: contactSample.id,
  status: 'success',
  message: 'Message Sent',
  created: false,
  message_id: '1262',
};
