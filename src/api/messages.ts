import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { contactSegment } from '../inputs/contact-id.ts';
import { contactIdSchema } from '../models/contact.ts';
import type { Message } from '../models/message.ts';
import { lenient } from '../models/schemas.ts';
import { type Connected, callApi, successShape } from './request.ts';

const sentSchema = schema.object({
  ...successShape,
  /** Only a template's answer holds the ID of the message; the others hold an empty list. */
  data: lenient(schema.object({ id: contactIdSchema })),
});

/**
 * Sends one message to a contact, once: nothing here or in the platform tries it again unless the API
 * said that it did nothing. `forceCancelSurvey` ends a survey that the contact is in.
 */
export async function sendMessage(
  z: ZObject,
  bundle: Connected,
  id: string,
  message: Message,
  forceCancelSurvey: boolean | undefined,
): Promise<{ id: string; status: string; message?: string; message_id?: string }> {
  const request = {
    method: 'POST',
    path: `/message/sendContent/${contactSegment(bundle, id)}`,
    // `forceCancelSurvey` beside `body` is inferred: the documentation says "in the payload".
    body: JSON.stringify({ body: [message], forceCancelSurvey }),
    contactId: id,
    ifUnanswered:
      'The message may have been sent all the same: look at the conversation before you run this step again.',
  } as const;
  const { answer } = await callApi(z, bundle, request, sentSchema);
  return {
    id,
    status: answer.status ?? 'success',
    ...(answer.message !== undefined && { message: answer.message }),
    ...(answer.data && { message_id: answer.data.id }),
  };
}
