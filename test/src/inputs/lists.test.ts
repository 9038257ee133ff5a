import { describe, expect, it } from '@jest/globals';
import { parseWatchedFields, parseWatchedValues } from '../../../src/inputs/field-match.ts';
import { api, apiContact, failure, run, takesFields, takesNewContact } from '../../support/zap.ts';

const contact_id = apiContact.id;
const takesTags = (method: 'POST' | 'DELETE', tags: string[]) =>
  api().intercept(`/contact/${contact_id}/tags`, method, { tags }).reply(200, { status: 'success' });
const decomposed = 'Jose\u0301';
const composed = 'Jos\u00e9';

/** The value of a list box, and the items that it is read as. */
const lists: [unknown, string[]][] = [
  ['a, b c\r\n d,,a', ['a', 'b c', 'd']],
  ['a\u2028b\u0085c', ['a', 'b', 'c']],
  [
    [0, 'a,b', '', null, ' ', '{{x}}', 'b'],
    ['0', 'a', 'b', '{{x}}'],
  ],
  ['\u00a0\ufeffVIP\u200b\n', ['VIP']],
  ['\u2764\ufe0f ', ['\u2764\ufe0f']],
  [decomposed, [composed]],
  [[composed, decomposed], [composed]],
  ['["VIP","Newsletter"]', ['VIP', 'Newsletter']],
  ['\ufeff[ "Ruiz, Ana",\n"a\\nb", " VIP " ]', ['Ruiz, Ana', 'a\nb', 'VIP']],
  ['[-1.5, 60123456789012345678, true, null, "", "-1.5"]', ['-1.5', '60123456789012345678', 'true']],
  [
    ['x', '["a,b"]', '["c",["d","g"]]', ['e', ['f']]],
    ['x', 'a,b', 'c', 'd', 'g', 'e', 'f'],
  ],
  ['[VIP], [x', ['[VIP]', '[x']],
];

describe('the items of a list', () => {
  it.each(lists)('%j are the tags to add, the fields to clear and those to watch', async (typed, items) => {
    takesTags('POST', items);
    expect(await run('creates.add_tags', { contact_id, tags: typed })).toEqual({
      id: contact_id,
      tags: items,
    });
    takesFields(Object.fromEntries(items.map((name) => [name, ''])));
    await run('creates.update_contact', { contact_id, clear_fields: typed });
    expect(parseWatchedFields('Watched Fields', typed)).toEqual(items.toSorted());
  });

  it.each([
    ['VIP, Lead', ['VIP', 'Lead', 'VIP, Lead'], []],
    [['VIP', 'a\nb,'], ['VIP', 'a', 'b', 'a\nb,'], []],
    ['["VIP, Lead","x"]', ['VIP, Lead', 'x'], []],
    [composed, [composed], [decomposed]],
    [` ${decomposed}, VIP`, [composed, 'VIP', `${composed}, VIP`], [decomposed, `${decomposed}, VIP`]],
  ])('%j are the tags to remove, and the whole text of a box is one too', async (tags, removed, spelled) => {
    takesTags('DELETE', [...removed, ...spelled]);
    expect(await run('creates.remove_tags', { contact_id, tags })).toEqual({ id: contact_id, tags: removed });
  });

  it.each(['add_tags', 'remove_tags'])('of %s cannot be objects', async (key) => {
    for (const tags of [[{ a: 1 }], '[{"a":1}]', '["VIP",{}]']) {
      const { sentence } = await failure(run(`creates.${key}`, { contact_id, tags }));
      expect(sentence).toMatch(/^The Tags field contains something other than text/);
    }
  });
});

describe('the values to watch', () => {
  it.each([
    [
      ['b', ' ', 'a\u00a0', 'b', ''],
      ['a', 'b'],
    ],
    ['Ruiz, Ana', ['Ruiz, Ana']],
    [
      ['1,5', 'red,green', 'no, thanks'],
      ['1,5', 'no, thanks', 'red,green'],
    ],
    ['["TRUE","FALSE"]', ['FALSE', 'TRUE']],
    [decomposed, [composed]],
  ])('of %j are %j', (input, values) => {
    expect(parseWatchedValues('Field Values', input)).toEqual(values);
  });

  it.each(['TRUE,FALSE', 'true; false', 'Yes, No', 'sí o no', 'TRUE FALSE', '1/0', 'red\ngreen', 'a\r\nb'])(
    'are not read from one box that holds several: %j',
    async (text) => {
      for (const trigger of ['new_contact', 'updated_contact']) {
        const inputData = { field_name: 'plan', field_values: ['x', text] };
        expect(await failure(run(`triggers.${trigger}`, inputData))).toEqual({
          kind: 'HaltedError',
          sentence: `The Field Values field has several values in one box: "${text}". Put each value in its own box.`,
        });
      }
    },
  );
});

describe('a list in a box of one value', () => {
  it('is that value if it has one, and nothing if it has none', async () => {
    takesNewContact({ firstName: 'Ana', plan: 'gold', size: 0 });
    const custom_fields = { plan: ['gold'], size: [0], city: [], zip: [null], street: [''] };
    const inputData = { firstName: ['Ana'], lastName: [], custom_fields: [custom_fields] };
    await run('creates.create_contact', inputData);
  });

  it.each([
    ['searches.find_contact_by_phone', { phone: [] }, 'The Phone field is empty.'],
    ['searches.find_contact_by_id', { contact_id: [null] }, 'The Contact ID field is empty.'],
    ['creates.update_contact', { contact_id, custom_fields: [], firstName: [] }, 'No field is filled in.'],
    ['creates.send_message', { contact_id, text: [''] }, 'The Text field is empty.'],
    ['creates.create_contact', { custom_fields: [{ a: 1 }, { b: 2 }] }, 'The Custom Fields field does not'],
  ])('%s of %j is refused', async (place, inputData, sentence) => {
    expect((await failure(run(place, inputData))).sentence).toMatch(sentence);
  });
});
