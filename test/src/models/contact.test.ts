import { expect, it } from '@jest/globals';
import * as schema from 'zod/mini';
import { contactPageSchema } from '../../../src/models/contact.ts';

const { MAX_SAFE_INTEGER } = Number;

it.each([
  ['total', 'total', 0],
  ['last_page', 'lastPage', 0],
  ['per_page', 'perPage', 1],
] as const)(
  '%s counts where it is a whole number from its least on, as a number or as text',
  (key, name, least) => {
    const read = (count: unknown) =>
      schema.parse(contactPageSchema, { data: [], meta: { [key]: count } })[name];
    for (const count of [least, least + 1, MAX_SAFE_INTEGER]) {
      expect([read(count), read(String(count))]).toEqual([count, count]);
    }
    for (const count of [least - 1, -7, 1.5, '', ' ', 'ten', MAX_SAFE_INTEGER + 1, null, [1]]) {
      expect([count, read(count)]).toEqual([count, undefined]);
    }
  },
);
