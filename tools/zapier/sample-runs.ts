/** A run that works on any channel of the sandbox that has the documentation's contact. */
export interface SampleRun {
  /** The operation: `creates.add_tags`. */
  place: string;
  /** As a form holds it. */
  inputData: Record<string, string | string[]>;
  /** The bodies of the fewest requests that the API allows for it; undefined where a request has none. */
  bodies: (object | undefined)[];
  /** Whether its last request, sent twice, would do its work twice. */
  unrepeatable?: boolean;
}

const contact_id = '1776025372480910';
const tags = { tags: ['VIP'] };
const firstName = { custom_fields: [{ name: 'firstName', value: 'Ana' }] };
const nobody = 'nobody@example.com';

/** One run of every operation. The benchmark, the fault matrix and the tests of requests and of the token go through it. */
export const sampleRuns: SampleRun[] = [
  {
    place: 'triggers.new_contact',
    inputData: { field_name: 'customerid', field_values: ['1'] },
    bodies: [undefined],
  },
  { place: 'searches.find_contact_by_id', inputData: { contact_id }, bodies: [undefined] },
  {
    place: 'searches.find_contact_by_phone',
    inputData: { phone: '123123' },
    bodies: [undefined],
  },
  {
    place: 'searches.find_contact_by_custom_field',
    inputData: { field_name: 'customerid', field_value: '1' },
    bodies: [undefined],
  },
  {
    place: 'searches.find_contacts',
    inputData: { field_name: 'customerid', field_value: '1', limit: '100' },
    bodies: [undefined],
  },
  {
    place: 'creates.create_contact',
    inputData: { firstName: 'Ana' },
    bodies: [firstName],
    unrepeatable: true,
  },
  { place: 'creates.update_contact', inputData: { contact_id, firstName: 'Ana' }, bodies: [firstName] },
  {
    place: 'creates.create_or_update_contact',
    inputData: { match_field: 'email', match_value: nobody, firstName: 'Ana' },
    bodies: [undefined, { custom_fields: [{ name: 'email', value: nobody }, ...firstName.custom_fields] }],
    unrepeatable: true,
  },
  { place: 'creates.add_tags', inputData: { contact_id, ...tags }, bodies: [tags] },
  { place: 'creates.remove_tags', inputData: { contact_id, ...tags }, bodies: [tags] },
  {
    place: 'creates.send_message',
    inputData: { contact_id, text: 'Hi' },
    bodies: [{ body: [{ type: 'text', text: 'Hi' }] }],
    unrepeatable: true,
  },
  {
    place: 'creates.api_request',
    inputData: { method: 'GET', path: `/contact/${contact_id}` },
    bodies: [undefined],
  },
];
