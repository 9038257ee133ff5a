import * as schema from 'zod/mini';
import { lenient } from './lenient.ts';

const textSchema = schema.pipe(schema.union([schema.string(), schema.number()]), schema.transform(String));

/** Longer than the ID of any channel, short enough for any server's longest address. */
const longestId = 500;

/** Whether a text can name a contact in a path, and nothing else. */
export function isContactId(id: string): boolean {
  return /^(?!\.{1,2}$)/.test(id) && id.length > 0 && id.length <= longestId && id.isWellFormed();
}

/** A contact's ID: a string that some brands send as a bare number. */
export const contactIdSchema = textSchema.check(schema.refine(isContactId));

/** `created_at` is Unix seconds in the specification; numeric strings and ISO text are understood too. */
const createdAtSchema = schema.pipe(
  schema.pipe(
    textSchema.check(schema.minLength(1)),
    schema.transform((text) => new Date(Number.isNaN(Number(text)) ? text : Number(text) * 1000)),
  ),
  schema.pipe(
    schema.date(),
    schema.transform((date) => date.toISOString()),
  ),
);

/** PHP, which the API is written in, writes an empty map as an empty list. */
const customFieldsSchema = schema.union([
  schema.looseObject({}),
  schema.pipe(
    schema.array(schema.never()),
    schema.transform(() => ({})),
  ),
]);

/** A contact of the Contacts API, read into the shape that every operation outputs. */
export const contactSchema = schema.pipe(
  schema.object({
    id: contactIdSchema,
    created_at: createdAtSchema,
    tags: schema.nullish(schema.array(textSchema)),
    custom_fields: schema.nullish(customFieldsSchema),
  }),
  schema.transform(({ id, created_at, tags, custom_fields }) => ({
    id,
    created_at,
    tags: tags ?? [],
    custom_fields: custom_fields ?? {},
  })),
);

/** A contact as every operation outputs it. `created_at` is ISO 8601 in UTC. */
export type Contact = schema.infer<typeof contactSchema>;

const wholeNumberSchema = schema.number().check(schema.refine(Number.isSafeInteger));

/** A count in `meta`. Where it is no whole number, the API has not said. */
const countSchema = lenient(
  schema.pipe(schema.pipe(textSchema, schema.transform(Number)), wholeNumberSchema),
);

/** A page of contacts. `meta` may be missing; `links` are never followed, so they are not read. */
export const contactPageSchema = schema.pipe(
  schema.object({
    data: schema.array(contactSchema),
    meta: lenient(schema.object({ total: countSchema, last_page: countSchema, per_page: countSchema })),
  }),
  schema.transform(({ data, meta }) => ({
    contacts: data,
    total: meta?.total,
    lastPage: meta?.last_page,
    perPage: meta?.per_page,
  })),
);

/** The contacts of one page, and what the API says of the whole list: contacts, pages, contacts a page. */
export type ContactPage = schema.infer<typeof contactPageSchema>;

/** The contact of the API's documentation. */
export const contactSample: Contact = {
  id: '1776025372480910',
  created_at: '2019-12-06T07:49:02.000Z',
  tags: ['Blog Updates', 'Platform Updates'],
  custom_fields: {
    firstName: 'Mahin',
    lastName: 'Dar',
    phone: '60123456789',
    email: 'mahin@example.com',
    language: 'en',
    profilePic: 'https://example.com/mahin.jpg',
    customerid: '1',
  },
};
