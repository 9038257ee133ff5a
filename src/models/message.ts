import type { PlainOutputField } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { contactIdSchema, contactSample } from './contact.ts';
import { optionalIfValid, successShape } from './schemas.ts';

export type Message = { type: string } & Record<string, unknown>;

/** Only the answer to a template has the ID of the message. Other answers have an empty list there. */
export const sendAnswerSchema = schema.object({
  ...successShape,
  data: optionalIfValid(schema.object({ id: contactIdSchema })),
});
export type SendAnswer = schema.infer<typeof sendAnswerSchema>;

export type SentMessage = {
  id: string; // The ID of the contact.
  status: 'success';
  message?: string;
  created: boolean; // True if the contact was created for this message.
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
