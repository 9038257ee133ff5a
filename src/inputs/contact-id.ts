import { defineInputField } from 'zapier-platform-core';
import { badInput } from '../failures/failure.ts';
import { isContactId } from '../models/contact.ts';
import { type Input, parseRequiredUrlText } from './values.ts';

export const contactIdField = defineInputField({
  key: 'contact_id',
  label: 'Contact ID',
  required: true,
  // Zapier shows "Add a search step" only beside a dropdown. The API cannot list contacts, so the list stays empty.
  search: 'find_contact_by_phone.id',
  choices: { perform: async () => ({ results: [], paging_token: null }) },
  helpText:
    'Map the ID from a step that finds or creates the contact, or click **Add a search step**. On WhatsApp, a phone number like `+60123456789` also works. The list stays empty because the platform cannot list its contacts.',
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
      'The Contact ID field does not contain an ID. Map the ID from a step that finds or creates the contact.',
    );
  }
  return id;
}
