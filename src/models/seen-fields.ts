import type { Bundle, PlainOutputField, ZObject } from 'zapier-platform-core';
import { type Contact, standardFields } from './contact.ts';

type Fields = Pick<Contact, 'custom_fields'>;

/** An operation that returns contacts, also as line items. `perform` is a method because any parameters then fit its type. */
type Operation = { perform(z: ZObject, bundle: Bundle): Promise<(Fields | { contacts: Fields[] })[]> };

/** Returns the custom fields of the contacts that an operation returns. Zapier asks for them in the editor only. */
export function seenFields(operation: Operation, parent = '') {
  return async (z: ZObject, bundle: Bundle): Promise<PlainOutputField[]> => {
    const meta = { ...bundle.meta, isLoadingSample: true, isPopulatingDedupe: false };
    // Errors of the step are shown when it is tested.
    const results = await operation.perform(z, { ...bundle, meta }).catch(() => []);
    const contacts = results.flatMap((result) => ('contacts' in result ? result.contacts : result));
    const names = new Set(contacts.flatMap(({ custom_fields }) => Object.keys(custom_fields)));
    for (const name of ['', ...standardFields.map(({ key }) => key)]) names.delete(name);
    return [...names].map((name) => ({ key: `${parent}custom_fields__${name}`, label: name }));
  };
}
