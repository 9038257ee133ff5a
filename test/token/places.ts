import type { Run } from '../../sandbox/zapier.ts';

export const token = 'channel-token/1234+x=';

const contact_id = '1776025372480910';

/** One run of everything that talks to the API. */
export const places: { place: string; inputData: Record<string, unknown>; meta?: Run['meta'] }[] = [
  { place: 'authentication.test', inputData: {} },
  { place: 'authentication.connectionLabel', inputData: {} },
  { place: 'triggers.new_contact', inputData: { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] } },
  { place: 'searches.find_contact_by_id', inputData: { contact_id } },
  { place: 'searches.find_contact_by_custom_field', inputData: { field_name: 'phone', field_value: '1' } },
  { place: 'creates.create_contact', inputData: { firstName: 'Ana' } },
  {
    place: 'creates.create_contact',
    inputData: { firstName: 'Ana' },
    meta: { withSearch: 'find_contact_by_custom_field' },
  },
  { place: 'creates.update_contact', inputData: { contact_id, firstName: 'Ana' } },
  {
    place: 'creates.create_or_update_contact',
    inputData: { match_field: 'phone', match_value: '1', firstName: 'Ana' },
  },
  { place: 'creates.add_tags', inputData: { contact_id, tags: ['VIP'] } },
  { place: 'creates.remove_tags', inputData: { contact_id, tags: ['VIP'] } },
  { place: 'creates.remove_tags.operation.inputFields.1.choices.perform', inputData: { contact_id } },
  { place: 'creates.send_message', inputData: { contact_id, text: 'Hi' } },
  { place: 'creates.api_request', inputData: { method: 'GET', path: `/contact/${contact_id}` } },
];
