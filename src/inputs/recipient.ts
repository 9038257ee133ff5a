import { defineInputFields, type LockObject } from 'zapier-platform-core';
import type { Channel } from '../api/channel.ts';
import { badInput } from '../failures/failure.ts';
import type { FieldMatch, NewContact } from '../models/contact.ts';
import type { Message, SentMessage } from '../models/message.ts';
import { loadPhones } from '../phone/load.ts';
import { parseContactId } from './contact-id.ts';
import { newMatchedContact } from './matched-contact.ts';
import { type Inputs, parseYesNo } from './values.ts';

/** The last inputs of every step that sends something. */
export const recipientFields = defineInputFields([
  {
    key: 'create_if_missing',
    label: 'Create Contact If Missing',
    type: 'boolean',
    helpText:
      'For WhatsApp channels, with a phone number under Contact ID. Choose yes to look for a contact with this phone first, and to create one if there is none.',
  },
  {
    key: 'force_cancel_survey',
    label: 'Cancel Running Survey',
    type: 'boolean',
    helpText: 'Choose yes to end a survey that the contact is answering. Otherwise the survey continues.',
  },
]);

/** Two runs must not both create a new phone's contact. Create or Update Contact has the same lock for a phone. */
export const recipientLock: LockObject = { key: 'phone={{bundle.inputData.contact_id}}', scope: ['auth'] };

interface Recipient {
  id: string;
  /** Set if the contact is looked for by this phone first, and created if nobody has it. */
  missing?: { match: FieldMatch; contact: NewContact } | undefined;
  endsSurvey: boolean | undefined;
}

/** Throws an input error if the phone could belong to somebody else. */
async function parseMissing(phone: string, { isWhatsApp, country }: Channel): Promise<Recipient['missing']> {
  if (!isWhatsApp) {
    throw badInput(
      'The Create Contact If Missing field works on WhatsApp channels only. Choose no. If this is a WhatsApp channel, choose WhatsApp as the Channel Type of the connection.',
    );
  }
  if ((await loadPhones()).internationalPhone(phone, country) === undefined) {
    throw badInput(
      `The Contact ID field contains "${phone}", which is not a phone number, or could be one of several countries. To create a missing contact, enter the phone with a plus and its country code, or choose a Country in the connection.`,
    );
  }
  const match = { name: 'phone', value: phone };
  return { match, contact: await newMatchedContact({ fields: [], tags: [] }, match, country) };
}

/** Reads the recipient of a message. Throws an input error if there is none. */
export async function parseRecipient(inputs: Inputs, channel: Channel): Promise<Recipient> {
  const id = parseContactId(inputs.contact_id);
  const createsMissing = parseYesNo('Create Contact If Missing', inputs.create_if_missing);
  const endsSurvey = parseYesNo('Cancel Running Survey', inputs.force_cancel_survey);
  return { id, endsSurvey, missing: createsMissing ? await parseMissing(id, channel) : undefined };
}

/** Sends the message once. Returns the output of the step. */
export async function deliver(
  channel: Channel,
  { id, missing, endsSurvey }: Recipient,
  message: Message,
): Promise<SentMessage> {
  // This one look-up is unavoidable: it decides whether a contact is created before the message.
  const [found] = missing ? (await channel.findContacts(missing.match)).contacts : [];
  const created = missing !== undefined && found === undefined;
  const sent = created
    ? await channel.createContactAndSend(missing.contact, message, endsSurvey)
    : await channel.sendMessage(found?.id ?? id, message, endsSurvey);
  const { message: words, data } = sent.data;
  return {
    id: sent.id,
    // The API spells the status in several ways, and a filter compares it exactly.
    status: 'success',
    ...(words !== undefined && { message: words }),
    created,
    ...(data && { message_id: data.id }),
  };
}
