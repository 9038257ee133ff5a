import { defineInputField } from 'zapier-platform-core';
import { badInput } from '../failures/failure.ts';
import { isContactId } from '../models/contact.ts';
import { type Input, parseRequiredUrlText } from './values.ts';

export const contactIdField = defineInputField({
  key: 'contact_id',
  label: 'Contact ID',
  required: true,
  helpText:
    'Map the ID from a step that finds or creates the contact. On WhatsApp it is often the phone number with its country code, like `60123456789`.',
});

/** The contact that the user means. Throws bad input where there is no usable ID. */
export function parseContactId(input: Input): string {
  const id = parseRequiredUrlText(
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
