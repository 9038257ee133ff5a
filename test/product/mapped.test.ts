import { expect, it } from '@jest/globals';
import { valueAt } from '../../tools/zapier/recipe.ts';
import { useChannel } from '../support/channel.ts';

// What a user can map into a later step, and what a Filter step compares: it must be there for every contact.
const channel = useChannel();

const names = ['firstName', 'phone', 'plan', 'zap at', 'cancelled', 'size'];

/** Adds ten contacts with this mark. The first has all fields and the others lack some, as contacts of real channels do. */
function fill(mark: string, from: number) {
  return Array.from({ length: 10 }, (_, index) => {
    const some = names.filter((name, place) => name === 'phone' || index === 0 || (index + place) % 3 > 0);
    const values = some.map((name) => [name, `${name} of ${from + index}`]);
    const custom_fields = { mark, ...Object.fromEntries(values), phone: `+12025550${from + index}` };
    return channel.sandbox.store.add({ custom_fields, tags: [] });
  });
}

type Contact = ReturnType<typeof fill>[number];

const search = ([one]: Contact[]) => [{ field_name: 'mark', field_value: one?.custom_fields.mark }];

/** The steps, a function that returns inputs to find these contacts, and the prefix of output keys if they are line items. */
const steps: [string, (contacts: Contact[]) => Record<string, unknown>[], string?][] = [
  ['triggers.new_contact', ([one]) => [{ field_name: 'mark', field_values: ['x', one?.custom_fields.mark] }]],
  ['triggers.updated_contact', ([one]) => [{ field_name: 'mark', field_values: [one?.custom_fields.mark] }]],
  ['searches.find_contact_by_id', (contacts) => contacts.map(({ id }) => ({ contact_id: id }))],
  [
    'searches.find_contact_by_phone',
    (contacts) => contacts.map(({ custom_fields }) => ({ phone: custom_fields.phone })),
  ],
  ['searches.find_contact_by_custom_field', search],
  ['searches.find_contacts', search, 'contacts[]'],
];

const contactsIn = (results: unknown): object[] =>
  [results].flat().flatMap((result) => Object(result).contacts ?? [result]);

it.each(steps)(
  '%s offers the fields that its test shows, and later several contacts have them all',
  async (place, inputsOf, parent = '') => {
    const isTrigger = place.startsWith('triggers');
    const run = (inputData = {}, meta = {}) =>
      channel.run(place, inputData, { meta: isTrigger ? meta : {} }).then(contactsIn);
    const [inputData] = inputsOf(fill('before', 110));
    const [sample] = await run(inputData, { isLoadingSample: true });
    const seen = Object(valueAt(sample, 'custom_fields'));
    const mapped = Object.keys(seen);
    expect(mapped.toSorted()).toEqual([...names, 'mark'].toSorted());
    if (isTrigger) expect(Object.values(seen)).not.toContain(null);

    const offered = await channel.run(`${place}.operation.outputFields`, inputData);
    const labels = [offered].flat().flatMap((field) => [field, ...(Object(field).children ?? [])]);
    for (const name of mapped) {
      const label = { firstName: 'First Name', phone: 'Phone' }[name] ?? name;
      const key = `custom_fields__${name}`;
      expect(labels).toContainEqual({ key: label === name ? `${parent}${key}` : key, label });
    }

    const runs = inputsOf(fill('later', 130)).map((input) => run(input, { isPopulatingDedupe: true }));
    const brought = (await Promise.all(runs)).flat();
    expect(brought).toHaveLength(10);
    // A step that returns one contact per run knows only that contact's fields, so only steps with several are checked.
    for (const contact of runs.length > 1 ? [] : brought) {
      expect(Object.keys(Object(valueAt(contact, 'custom_fields'))).sort()).toEqual(mapped.toSorted());
    }
  },
);

it.each(steps)('%s offers the fields of every channel if it cannot read others', async (place) => {
  expect(await channel.run(`${place}.operation.outputFields`)).not.toHaveLength(0);
  expect(channel.requests()).toEqual([]);
});
