import type { Found } from '../api/contact-search.ts';
import { badInput } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import {
  type Contact,
  type FieldMatch,
  type FieldValue,
  type NewContact,
  standardFields,
} from '../models/contact.ts';
import { loadPhones } from '../phone/load.ts';
import { parseContactForm } from './contact-form.ts';
import { fieldIdOf } from './field-match.ts';
import { emailIn } from './identity.ts';
import { type Input, parsePairs, parseText, quoted } from './values.ts';

/** True if two texts are the same value of a field: equal, the same phone or email, or the same yes or no. */
async function isSameValue(
  name: string,
  a: string,
  b: string,
  country: string | undefined,
): Promise<boolean> {
  if (a === b) return true;
  if (name === 'phone') return (await loadPhones()).isSamePhone(a, b, country);
  if (name === 'email') {
    const [one, other] = [a, b].map((text) => emailIn(text)?.toLowerCase());
    return one !== undefined && one === other;
  }
  return ['true', 'false'].includes(a.toLowerCase()) && a.toLowerCase() === b.toLowerCase();
}

/** Reads the form. Throws an input error if it has another value for the matched field: no later run would find the contact. */
export async function parseMatchedForm(
  inputData: Record<string, Input>,
  { name, value }: FieldMatch,
  country: string | undefined,
): Promise<FieldValue[]> {
  const field = standardFields.find(({ key }) => key === name);
  const label = field?.label ?? name;
  const custom = parsePairs('Custom Fields', 'field ID', inputData.custom_fields);
  const boxes = custom.filter(([id]) => fieldIdOf(id) === name).map(([, typed]) => typed);
  for (const box of [field && inputData[name], ...boxes]) {
    const typed = parseText(label, box);
    if (typed !== '' && !(await isSameValue(name, typed, value, country))) {
      throw badInput(
        `The ${label} field has a different value from the one used to find the contact. Leave it empty: a new contact gets the value that was searched for.`,
      );
    }
  }
  return parseContactForm(inputData);
}

/** Returns the contact to create. Its phone is saved in international form, so that any spelling finds it later. */
export async function newMatchedContact(
  { fields, tags }: Pick<NewContact, 'fields' | 'tags'>,
  { name, value }: FieldMatch,
  country: string | undefined,
): Promise<NewContact> {
  const phone = name === 'phone' ? (await loadPhones()).phoneToSave(value, country) : undefined;
  const others = fields.filter((field) => field.name !== name);
  return { fields: [{ name, value: phone ?? value }, ...others], tags, isFoundAgain: true };
}

/** Returns the fields to write. The phone, and a matched email, stay as saved if the form only spells them differently. */
export async function fieldsToUpdate(
  fields: FieldValue[],
  contact: Contact,
  match: FieldMatch,
  country: string | undefined,
): Promise<FieldValue[]> {
  const changed: FieldValue[] = [];
  for (const field of fields) {
    const { name, value } = field;
    const saved = contact.custom_fields[name];
    // If another spelling were written, fewer look-ups would find the phone, and the next run would miss the email.
    const isKeptAsSaved = name === 'phone' || (name === 'email' && match.name === 'email');
    const mayBeRespelled = isKeptAsSaved && typeof saved === 'string' && saved !== value;
    if (!mayBeRespelled || !(await isSameValue(name, String(value), saved, country))) changed.push(field);
  }
  return changed;
}

export const ifSeveralChoices = { stop: 'Stop, and change nothing', newest: 'Update the newest one' };

/** Returns the key of the choice, by default `stop`. */
export function parseIfSeveral(input: Input): string {
  const choice = parseText('If Several Contacts Match', input).trim() || 'stop';
  if (!Object.hasOwn(ifSeveralChoices, choice)) {
    throw badInput(
      `The If Several Contacts Match field must be one of: ${quoted(Object.values(ifSeveralChoices))}. Choose it from the list.`,
    );
  }
  return choice;
}

/** Returns the first contact, the newest. Throws an input error if several match and the user did not choose the newest. */
export function chooseContact(found: Found, match: FieldMatch, ifSeveral: string): Contact | undefined {
  const { contacts, total = 0 } = found;
  const { name, value } = match;
  const matching = Math.max(total, contacts.length);
  if (matching > 1 && ifSeveral === 'stop') {
    throw badInput(
      `${count(matching, 'contact')} have "${value.slice(0, 100)}" in the field "${name}". Nothing was changed. Match by something that only one contact has, like a phone or an email, or choose ${ifSeveralChoices.newest} under If Several Contacts Match.`,
    );
  }
  return contacts[0];
}
