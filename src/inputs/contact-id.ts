import { defineInputField } from 'zapier-platform-core';
import { badInput } from '../failures/failure.ts';
import { isContactId } from '../models/contact.ts';
import { standsForNothing } from './identity.ts';
import { type Input, parseRequiredUrlText, trimmed } from './values.ts';

export const contactIdField = defineInputField({
  key: 'contact_id',
  label: 'Contact ID',
  required: true,
  // Zapier shows "Add a search step" only beside a dropdown. The API cannot list contacts, so the list stays empty.
  search: 'find_contact_by_phone.id',
  choices: { perform: async () => ({ results: [], paging_token: null }) },
  helpText:
    "Map the ID from an earlier step, or click **Add a search step**. On WhatsApp, a phone number like `+12025550143` also works. (The list is always empty: the platform can't list contacts.)",
});

/** A number as spreadsheets and lists hand it over: quotes around it, decimals, and what separates it from the next one. */
const sheetNumber = /^(?:="|["'`“”‘’])*(\+?\d+)(?:[.,](\d+))?["'`“”‘’,;]*$/;

function noId(): Error {
  return badInput(
    'The Contact ID field does not contain an ID. Map the ID from a step that finds or creates the contact.',
  );
}

/**
 * The ID to look for; undefined for what stands for none, or for a damaged one, which nobody has. A number is taken
 * without quotes around it and without the tail `.0` that spreadsheets give it. Throws bad input if nothing is there, or
 * what cannot be asked for.
 */
export function parseContactIdToFind(input: Input): string | undefined {
  const instead = 'Map the ID from a step that finds or creates the contact.';
  const id = trimmed(parseRequiredUrlText('Contact ID', input, instead)).normalize('NFC');
  if (!isContactId(id)) throw noId();
  const [, number, decimals = ''] = sheetNumber.exec(id) ?? [];
  return standsForNothing(id) || /[1-9]/.test(decimals) ? undefined : (number ?? id);
}

/** The contact that the user means. Throws bad input where there is no usable ID. */
export function parseContactId(input: Input): string {
  const id = parseContactIdToFind(input);
  if (id === undefined) throw noId();
  return id;
}
