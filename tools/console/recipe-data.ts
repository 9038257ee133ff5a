import type { Store } from '../sandbox/store.ts';
import { filledIn, type Recipe, type RecipeStep } from '../zapier/recipe.ts';
import { sampleFields } from './sample-contacts.ts';

/** One for each recipe, so that no recipe finds a contact that another one created. */
const people =
  `Ana Ruiz, Bruno Costa, Carla Vega, Diego Mora, Elena Soto, Fabio Rossi, Gloria Pardo, Hugo Salas,
  Irene Campos, Jorge Nieto, Karla Ortega, Luis Rey, Marta Serra, Nora Gil`.split(/,\s+/);

const several = 3;

/** What the first step of a recipe gives, by the names of its outputs. */
export type ExampleData = Readonly<Record<string, string>>;

/** What the first step of the recipe of this number gives, where it is a step of another app. */
export function exampleDataOf(number: number, picture: string): ExampleData {
  const [first = '', last = ''] = people[(number - 1) % people.length]?.split(' ') ?? [];
  return {
    ID: `C-${203 + number}`,
    'First name': first,
    'Last name': last,
    Phone: `+1 202 555 01${String(number - 1).padStart(2, '0')}`,
    Email: `${first.toLowerCase()}@example.com`,
    Plan: 'Gold',
    Product: 'Course',
    City: 'Guadalajara',
    'Order number': String(1042 + number),
    Picture: picture,
    Tags: 'VIP, Newsletter',
    Start: '2026-12-01T10:00:00-06:00',
  };
}

/** The example data that the steps of a recipe use. */
export function usedIn({ steps }: Recipe, data: ExampleData): ExampleData {
  const written = steps.flatMap(({ fields }) => fields.map(([, text]) => text)).join(' ');
  return Object.fromEntries(Object.entries(data).filter(([name]) => written.includes(`[1. ${name}]`)));
}

/** The step of a recipe that only looks for contacts; undefined where each search creates what it does not find. */
export function searchIn({ steps }: Recipe): RecipeStep | undefined {
  return steps.find(({ isOwn, name }) => isOwn && name.startsWith('Find Contact'));
}

/**
 * Sees to it that a search of a recipe finds the person of the example data, in the channel from now on, with the value that the
 * search asks for. Gives the data, in which the ID is that of this contact where the search goes by it.
 */
export function addSearched(store: Store, search: RecipeStep, data: ExampleData): ExampleData {
  const asked = filledIn(search, { 1: data });
  const phone = (data.Phone ?? '').replaceAll(' ', '');
  const { 'First name': firstName = '', 'Last name': lastName = '', Email: email = '' } = data;
  const { Field: field = '', 'Field Value': value = '' } = asked;
  const wanted = value && { [field]: value };
  const custom_fields = { firstName, lastName, phone, email, ...wanted };
  const [known] = store.findByField('phone', phone);
  const { id } = known ?? store.add({ custom_fields, tags: ['VIP'] });
  if (known) store.update(id, custom_fields);
  // A search for several contacts finds several.
  const found = search.name === 'Find Contacts' ? store.findByField(field, value).length : several;
  for (let number = found; number < several; number += 1) {
    store.add({ custom_fields: { ...sampleFields(number), ...wanted } });
  }
  return 'Contact ID' in asked ? { ...data, ID: id } : data;
}
