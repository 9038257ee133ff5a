import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { type Contact, standardFields } from './contact.ts';

type Fields = Pick<Contact, 'custom_fields'>;

/** What reads contacts, as results or as the line items of one. Written as a method, it takes what any form holds. */
interface Operation {
  perform(z: ZObject, bundle: Bundle): Promise<(Fields | { contacts: Fields[] })[]>;
}

/**
 * Offers the fields of the contacts that an operation reads, by their IDs, beside those that every channel has. Zapier
 * asks for them where a Zap is built, never in a run.
 * @param parent what their keys start with, where the contacts are line items
 */
export function seenFields(operation: Operation, parent = '') {
  return async (z: ZObject, bundle: Bundle): Promise<PlainOutputField[]> => {
    const meta = { ...bundle.meta, isLoadingSample: true, isPopulatingDedupe: false };
    // What is wrong with the step is said where it is tested.
    const results = await operation.perform(z, { ...bundle, meta }).catch(() => []);
    const contacts = results.flatMap((result) => ('contacts' in result ? result.contacts : result));
    const names = new Set(contacts.flatMap(({ custom_fields }) => Object.keys(custom_fields)));
    for (const name of ['', ...standardFields.map(({ key }) => key)]) names.delete(name);
    return [...names].map((name) => ({ key: `${parent}custom_fields__${name}`, label: name }));
  };
}
