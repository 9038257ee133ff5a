import { defineInputField } from 'zapier-platform-core';
import { badInput } from '../failures/failure.ts';
import { isContactId } from '../models/contact.ts';
import { standsForNothing } from './identity.ts';
import { type Input, parseRequiredUrlText, trimmed } from './values.ts';

export const contactIdField = defineInputField({
  key: 'contact_id',
  label: 'Contact ID',
  required: true,
  // Zapier shows "Add a search step" only beside a dropdown. The API cannot list contacts, so the dropdown is empty.
  search: 'find_contact_by_phone.id',
  choices: { perform: async () => ({ results: [], paging_token: null }) },
  helpText:
    "Map the ID from an earlier step, or click **Add a search step**. On WhatsApp, a phone number like `+12025550143` also works. (The list is always empty: the platform can't list contacts.)",
});

/** A number as spreadsheets and lists write it: in quotes, with decimals, or with a separator at its end. */
const sheetNumber = /^(?:="|["'`“”‘’])*(\+?\d+)(?:[.,](\d+))?["'`“”‘’,;]*$/;

const instead = 'Map the ID from a step that finds or creates the contact.';
const noId = () => badInput(`The Contact ID field does not contain an ID. ${instead}`);

/** Returns the ID without a spreadsheet's quotes and `.0`; undefined if it is missing or damaged. */
export function parseContactIdToFind(input: Input): string | undefined {
  const id = trimmed(parseRequiredUrlText('Contact ID', input, instead)).normalize('NFC');
  if (!isContactId(id)) throw noId();
  const [, number, decimals = ''] = sheetNumber.exec(id) ?? [];
  return standsForNothing(id) || /[1-9]/.test(decimals) ? undefined : (number ?? id);
}

/** Returns the ID of the contact. Throws an input error if there is no usable ID. */
export function parseContactId(input: Input): string {
  const id = parseContactIdToFind(input);
  if (id === undefined) throw noId();
  return id;
}
