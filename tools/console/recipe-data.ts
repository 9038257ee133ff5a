import type { Store } from '../sandbox/store.ts';
import { filledIn, type Recipe, type RecipeStep } from '../zapier/recipe.ts';
import { sampleFields } from './sample-contacts.ts';

/** The name of each recipe's person. They differ, so that no recipe finds a contact that another one created. */
const people =
  `Ana Ruiz, Bruno Costa, Carla Vega, Diego Mora, Elena Soto, Fabio Rossi, Gloria Pardo, Hugo Salas,
  Irene Campos, Jorge Nieto, Karla Ortega, Luis Rey, Marta Serra, Nora Gil`.split(/,\s+/);

const several = 3;

/** The outputs of a recipe's first step, by name. */
export type ExampleData = Readonly<Record<string, string>>;

/** Returns example data for the first step of the recipe with this number, if that is a step of another app. */
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

/** Returns the example data that a recipe's steps use. */
export function usedIn({ steps }: Recipe, data: ExampleData): ExampleData {
  const written = steps.flatMap(({ fields }) => fields.map(([, text]) => text)).join(' ');
  return Object.fromEntries(Object.entries(data).filter(([name]) => written.includes(`[1. ${name}]`)));
}

/** Returns a recipe's step that searches without creating; undefined if there is none. */
export function searchIn({ steps }: Recipe): RecipeStep | undefined {
  return steps.find(({ isOwn, name }) => isOwn && name.startsWith('Find Contact'));
}

/**
 * Adds contacts for a recipe's search to find: the person of the example data has the value that the search asks for.
 * Returns the data, with that contact's ID if the search is by ID.
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
  // Find Contacts gets several contacts to find.
  const found = search.name === 'Find Contacts' ? store.findByField(field, value).length : several;
  for (let number = found; number < several; number += 1) {
    store.add({ custom_fields: { ...sampleFields(number), ...wanted } });
  }
  return 'Contact ID' in asked ? { ...data, ID: id } : data;
}
