import { defineInputField } from 'zapier-platform-core';
import type { Connected } from '../api/request.ts';
import { badInput } from '../failures/failures.ts';
import { isContactId } from '../models/contact.ts';
import { type Input, requireUrlText } from './values.ts';

export const contactIdField = defineInputField({
  key: 'contact_id',
  label: 'Contact ID',
  required: true,
  helpText:
    'Map the ID from a step that finds or creates the contact. On WhatsApp it is often the phone number with its country code, like `60123456789`.',
});

/** The contact that the user means. Throws bad input where there is no usable ID. */
export function readContactId(input: Input): string {
  const id = requireUrlText(
    'Contact ID',
    input,
    'Map the ID from a step that finds or creates the contact.',
  ).trim();
  if (!isContactId(id)) {
    throw badInput(
      'The Contact ID field does not hold an ID. Map the ID from a step that finds or creates the contact.',
    );
  }
  return id;
}

/**
 * An ID as the API's paths take it: percent-encoded, and in Base64 where the connection's channel is Viber.
 * Raw Viber IDs look like Base64 themselves, so nothing but the connection can tell.
 */
export function contactSegment({ authData }: Connected, id: string): string {
  return encodeURIComponent(authData.channel_type === 'viber' ? Buffer.from(id).toString('base64') : id);
}
