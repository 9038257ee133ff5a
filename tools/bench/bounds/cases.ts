import type { Run } from '../../zapier/runner.ts';

/** A run with the largest input or answer. */
export interface Case {
  name: string;
  place: string;
  inputData: () => Record<string, unknown>;
  meta?: Run['meta'];
  /** The fault of the catalogue that each of its requests meets. */
  fault?: string;
  /** Contacts of the channel. */
  contacts?: number;
}

const contact_id = '1776025372480910';
/** Characters. The input of a Lambda is limited to 6 MB, of which Zapier's own data needs a part. */
const largest = 5_000_000;
const letters = (length: number) => '🎉 a'.repeat(length / 6);
const list = (length: number, size: number) => Array.from({ length }, (_, n) => `${n} ${letters(size)}`);
const fields = () => Object.fromEntries(list(600, largest / 600).map((value, n) => [`field_${n}`, value]));
const search = { field_name: 'subscribed', field_value: 'TRUE' };
const trigger = { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] };

/** The largest input that each operation takes. */
const inputs: Case[] = [
  {
    name: 'find_contact_by_id',
    place: 'searches.find_contact_by_id',
    inputData: () => ({ contact_id: 'x'.repeat(500) }),
  },
  {
    name: 'find_contact_by_custom_field',
    place: 'searches.find_contact_by_custom_field',
    inputData: () => ({ ...search, field_value: letters(3000) }),
  },
  {
    name: 'new_contact, 10 values',
    place: 'triggers.new_contact',
    inputData: () => ({ ...trigger, field_values: list(10, 1500) }),
  },
  { name: 'create_contact', place: 'creates.create_contact', inputData: () => ({ custom_fields: fields() }) },
  {
    name: 'update_contact',
    place: 'creates.update_contact',
    inputData: () => ({ contact_id, custom_fields: fields() }),
  },
  {
    name: 'create_or_update_contact',
    place: 'creates.create_or_update_contact',
    inputData: () => ({ match_field: 'customerid', match_value: '2', custom_fields: fields() }),
  },
  {
    name: 'add_tags',
    place: 'creates.add_tags',
    inputData: () => ({ contact_id, tags: list(200, largest / 200) }),
  },
  {
    name: 'remove_tags',
    place: 'creates.remove_tags',
    inputData: () => ({ contact_id, tags: list(200, largest / 200) }),
  },
  {
    name: 'send_message: text',
    place: 'creates.send_message',
    inputData: () => ({ contact_id, text: letters(largest) }),
  },
  {
    name: 'send_message: template',
    place: 'creates.send_message',
    inputData: () => ({
      contact_id,
      message_type: 'whatsapp_template',
      template_name: 'big',
      template_language: 'en',
      template_text: list(100, 100)
        .map((text, n) => `${text} {{${n + 1}}}`)
        .join('\n'),
      template_parameters: list(100, largest / 100),
    }),
  },
  {
    name: 'api_request',
    place: 'creates.api_request',
    inputData: () => ({ method: 'POST', path: '/contact/', body: `[${'{},'.repeat(83_000)}{}]` }),
  },
];

const answered: Case[] = [
  { name: 'connection test', place: 'authentication.test', inputData: () => ({}) },
  { name: 'new_contact', place: 'triggers.new_contact', inputData: () => trigger },
  {
    name: 'find_contact_by_custom_field',
    place: 'searches.find_contact_by_custom_field',
    inputData: () => search,
  },
  { name: 'send_message', place: 'creates.send_message', inputData: () => ({ contact_id, text: 'Hi' }) },
  {
    name: 'api_request',
    place: 'creates.api_request',
    inputData: () => ({ method: 'GET', path: '/contact/1' }),
  },
];
const largeAnswers = [
  'a 25 MB answer',
  'a 25 MB answer, gzipped to 25 kB',
  '130,000 empty objects',
  '6,000 contacts',
].flatMap((fault) => answered.map((of): Case => ({ ...of, name: `${of.name}: ${fault}`, fault })));

const million = 1_000_000;
const channel: Case[] = [
  {
    name: 'new_contact switched on',
    place: 'triggers.new_contact',
    inputData: () => trigger,
    meta: { isPopulatingDedupe: true },
  },
  { name: 'new_contact polled', place: 'triggers.new_contact', inputData: () => trigger },
  {
    name: 'find_contact_by_custom_field',
    place: 'searches.find_contact_by_custom_field',
    inputData: () => search,
  },
].map((of) => ({ ...of, name: `${of.name}, a million contacts`, contacts: million }));

/** Every case; the channel of a million comes last. */
export const cases: Case[] = [...inputs, ...largeAnswers, ...channel];
