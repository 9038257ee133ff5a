import * as schema from 'zod/mini';
import { contactIdSchema } from './contact.ts';
import { optionalIfValid, successShape } from './schemas.ts';

/** A message as the Messages API takes it, in `{body: [message]}`. */
export type Message = { type: string } & Record<string, unknown>;

/** The answer to a message. Only a template's answer holds the ID of the message; the others hold an empty list. */
export const sendAnswerSchema = schema.object({
  ...successShape,
  data: optionalIfValid(schema.object({ id: contactIdSchema })),
});
export type SendAnswer = schema.infer<typeof sendAnswerSchema>;
