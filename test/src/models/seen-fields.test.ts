import { expect, it } from '@jest/globals';
import { api, apiContact, run } from '../../support/zap.ts';

const custom_fields = { firstName: 'Ana', '': 'x', plan: null, 'zap at': [1] };
const seen = (place: string) =>
  run(`${place}.operation.outputFields`, { field_name: 'plan', field_values: ['a'], field_value: 'a' });

it.each([
  ['triggers.new_contact', ''],
  ['searches.find_contacts', 'contacts[]'],
])('%s offers the fields that it reads, by their IDs, beside the others', async (place, parent) => {
  api()
    .get(/by_custom_field/)
    .reply(200, { data: [{ ...apiContact, custom_fields }], meta: { total: 1 } });
  const offered = [await seen(place)].flat();
  expect(offered.slice(-2)).toEqual([
    { key: `${parent}custom_fields__plan`, label: 'plan' },
    { key: `${parent}custom_fields__zap at`, label: 'zap at' },
  ]);
  api()
    .get(/by_custom_field/)
    .reply(500);
  expect(await seen(place)).toEqual(offered.slice(0, -2));
});
