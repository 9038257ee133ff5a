import { expect, it } from '@jest/globals';
import { parseQuery } from '../../../src/inputs/custom-request.ts';
import { parseFieldId, parseSearchedField } from '../../../src/inputs/field-match.ts';
import { parseMatchedForm } from '../../../src/inputs/matched-contact.ts';
import { headerFields } from '../../../src/inputs/template-header.ts';
import { failure, run } from '../../support/zap.ts';

const phoneSearch = 'find_contact_by_phone';
const fieldSearch = 'find_contact_by_custom_field';

it('an empty field ID asks for one', () => {
  expect(() => parseFieldId('Field', ' ')).toThrow(
    'The Field field is empty. Choose a field, or enter the ID of a custom field.',
  );
});

it.each([
  [fieldSearch, { field_name: ' email ', field_value: 'ana@example.com' }, 'email', 'ana@example.com'],
  [phoneSearch, { phone: '+52 33 1234 5000' }, 'phone', '+52 33 1234 5000'],
])('what %s looked for is read from %j', (search, inputData, name, value) => {
  expect(parseSearchedField(search, inputData)).toEqual({ name, value });
});

it.each([
  [fieldSearch, { field_name: 'email', field_value: '' }],
  [fieldSearch, { field_name: '', field_value: 'ana@example.com' }],
  [fieldSearch, { phone: '+52 33 1234 5000' }],
  [phoneSearch, { phone: '' }],
  [phoneSearch, { field_name: 'email', field_value: 'ana@example.com' }],
])('what %s looked for is not known from %j', (search, inputData) => {
  expect(parseSearchedField(search, inputData)).toBeUndefined();
});

const several = ['a', 'b'];
it.each<[label: string, read: () => unknown]>([
  ['Field', () => parseSearchedField(fieldSearch, { field_name: several, field_value: 'x' })],
  ['Field Value', () => parseSearchedField(fieldSearch, { field_name: 'email', field_value: several })],
  ['Phone', () => parseSearchedField(phoneSearch, { phone: several })],
  [
    'plan',
    () => parseMatchedForm({ custom_fields: { plan: several } }, { name: 'plan', value: 'a' }, undefined),
  ],
  ['Phone', () => parseMatchedForm({ phone: several }, { name: 'phone', value: 'a' }, undefined)],
  ['Template Header Type', () => headerFields({ template_header_type: several })],
])(
  '%s, read where a form is shown or compared, is refused by its label if it holds several values',
  async (label, read) => {
    await expect((async () => read())()).rejects.toThrow(`The ${label} field contains something other`);
  },
);

it.each([
  ['name', { ['n'.repeat(2001)]: 'x' }],
  ['value', { name: 'v'.repeat(2001) }],
])('a %s of a query that is too long for an address is refused by its label', (_part, query) => {
  expect(() => parseQuery(query)).toThrow('The Query field has 2001 characters.');
});

const half = 'a \ud83d';
const fields = (custom_fields: object) => ['create_contact', { custom_fields }] as const;
const message = (inputs: object) => ['send_message', { contact_id: '1', ...inputs }] as const;
const template = (inputs: object) =>
  [
    'send_template',
    {
      contact_id: '1',
      template_name: 'a',
      template_language: 'en',
      template_text: 'Hi {1}',
      template_parameters: ['Ana'],
      ...inputs,
    },
  ] as const;
it.each([
  ['Text', message({ text: half })],
  ['Title', message({ message_type: 'quick_reply', title: half, replies: ['Yes'] })],
  ['Replies', message({ message_type: 'quick_reply', title: 'Hi', replies: ['Yes', half] })],
  ['Replies', message({ message_type: 'quick_reply', title: 'Hi', replies: '["\\ud83d"]' })],
  ['URL', message({ message_type: 'image', url: `https://example.com/${half}` })],
  ['Template Text', template({ template_text: `${half} {1}` })],
  ['Template Variables', template({ template_parameters: [half] })],
  ['Value If Empty', template({ template_value_if_empty: half })],
  ['Button 1 Text', template({ template_buttons: [{ text: half }] })],
  ['plan', fields({ plan: half })],
  ['Custom Fields', fields({ [half]: 'Gold' })],
  ['First Name', ['update_contact', { contact_id: '1', firstName: '\udc00 a' }] as const],
  ['Clear Fields', ['update_contact', { contact_id: '1', clear_fields: [half] }] as const],
  ['Tags', ['add_tags', { contact_id: '1', tags: ['VIP', half] }] as const],
  ['Tags', ['remove_tags', { contact_id: '1', tags: half }] as const],
  ['Body', ['api_request', { method: 'POST', path: '/x', body: `{"a": "${half}"}` }] as const],
  ['Body', ['api_request', { method: 'POST', path: '/x', body: '{"a": ["\\ud83d b"]}' }] as const],
  ['Body', ['api_request', { method: 'PUT', path: '/x', body: '{"\\udc00": 1}' }] as const],
])('half an emoji in the field %s is refused before anything is sent', async (label, [key, inputData]) => {
  expect(await failure(run(`creates.${key}`, inputData))).toEqual({
    kind: 'HaltedError',
    sentence: `The ${label} field contains a broken character. Type or map it again.`,
  });
});
