import { expect, it } from '@jest/globals';
import { parseQuery } from '../../../src/inputs/custom-request.ts';
import { parseSearchedField } from '../../../src/inputs/field-match.ts';
import { parseMatchedForm } from '../../../src/inputs/matched-contact.ts';
import { headerFields } from '../../../src/inputs/template-header.ts';
import { failure, run } from '../../support/zap.ts';

const phoneSearch = 'find_contact_by_phone';
const fieldSearch = 'find_contact_by_custom_field';

it.each([
  [
    fieldSearch,
    { field_name: ' email ', field_value: 'ana@example.com' },
    { name: 'email', value: 'ana@example.com' },
  ],
  [phoneSearch, { phone: '+52 33 1234 5000' }, { name: 'phone', value: '+52 33 1234 5000' }],
  [fieldSearch, { field_name: 'email', field_value: '' }, undefined],
  [fieldSearch, { field_name: '', field_value: 'ana@example.com' }, undefined],
  [fieldSearch, { phone: '+52 33 1234 5000' }, undefined],
  [phoneSearch, { field_name: 'email', field_value: 'ana@example.com' }, undefined],
])('what %s looked for with %j is %j', (search, inputData, searched) => {
  expect(parseSearchedField(search, inputData)).toEqual(searched);
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
  '%s, read when a form is shown or compared, is refused by its label if it holds several values',
  async (label, read) => {
    await expect((async () => read())()).rejects.toThrow(`The ${label} field contains something other`);
  },
);

it('a name of a query that is too long for an address is refused', () => {
  expect(() => parseQuery({ ['n'.repeat(2001)]: 'x' })).toThrow('The Query field has 2001 characters.');
});

const half = 'a \ud83d';
const fields = (custom_fields: object) => ['create_contact', { custom_fields }] as const;
const message = (inputs: object) => ['send_message', { contact_id: '1', ...inputs }] as const;
it.each([
  ['Text', message({ text: half })],
  ['Replies', message({ message_type: 'quick_reply', title: 'Hi', replies: '["\\ud83d"]' })],
  ['plan', fields({ plan: half })],
  ['Custom Fields', fields({ [half]: 'Gold' })],
  ['Clear Fields', ['update_contact', { contact_id: '1', clear_fields: [half] }] as const],
  ['Tags', ['add_tags', { contact_id: '1', tags: ['VIP', half] }] as const],
  ['Body', ['api_request', { method: 'POST', path: '/x', body: `{"a": "${half}"}` }] as const],
  ['Body', ['api_request', { method: 'POST', path: '/x', body: '{"a": ["\\ud83d b"]}' }] as const],
  ['Body', ['api_request', { method: 'PUT', path: '/x', body: '{"\\udc00": 1}' }] as const],
])('half an emoji in the field %s is refused before anything is sent', async (label, [key, inputData]) => {
  expect(await failure(run(`creates.${key}`, inputData))).toEqual({
    kind: 'HaltedError',
    sentence: `The ${label} field contains a broken character. Type or map it again.`,
  });
});
