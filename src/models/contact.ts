import * as schema from 'zod/mini';
import { anything, lenient } from './schemas.ts';

/** A text, which some brands send as a bare number. */
const textSchema = schema.pipe(
  schema.unknown().check(schema.refine((value) => typeof value === 'string' || Number.isFinite(value))),
  schema.transform(String),
);

/** A list of at most so many items, counted before they are looked at: each wrong one would cost zod a report. */
function listOf<T>(item: schema.ZodMiniType<T>, most: number) {
  const counted = schema.array(anything).check(schema.refine((list) => list.length <= most));
  return schema.pipe(counted, schema.array(item));
}

/** Longer than the ID of any channel, short enough for any server's longest address. */
const longestId = 500;

/** Whether a text can name a contact in a path, and nothing else. */
export function isContactId(id: string): boolean {
  return !['', '.', '..'].includes(id) && id.length <= longestId && id.isWellFormed();
}

/** A contact's ID. */
export const contactIdSchema = textSchema.check(schema.refine(isContactId));

/** `created_at` is Unix seconds in the specification; numeric strings and ISO text are understood too. */
function dateOf(text: string): Date {
  return new Date(text === '' || Number.isNaN(Number(text)) ? text : Number(text) * 1000);
}

const createdAtSchema = schema.pipe(
  textSchema.check(schema.refine((text) => !Number.isNaN(dateOf(text).getTime()))),
  schema.transform((text) => dateOf(text).toISOString()),
);

/** What may be missing or null, read as something empty. */
function orEmpty<T>(empty: unknown, inner: schema.ZodMiniType<T>) {
  const filled = schema.transform((value: unknown) => value ?? empty);
  return schema.pipe(schema.pipe(anything, filled), inner);
}

/** PHP, which the API is written in, writes an empty map as an empty list. */
const mapSchema = schema.pipe(
  schema.transform((value: unknown) => (Array.isArray(value) && value.length === 0 ? {} : value)),
  schema.looseObject({}),
);

/** A contact of the Contacts API, read into the shape that every operation outputs. */
export const contactSchema = schema.object({
  id: contactIdSchema,
  created_at: createdAtSchema,
  tags: orEmpty([], listOf(textSchema, 10_000)),
  custom_fields: orEmpty({}, mapSchema),
});

/** A contact as every operation outputs it. `created_at` is ISO 8601 in UTC. */
export type Contact = schema.infer<typeof contactSchema>;

/** A count in `meta`. Where it is no whole number of `least` or more, the API has not said. */
const countOf = (least: number) =>
  lenient(
    schema.pipe(
      schema.pipe(
        textSchema,
        schema.transform((text) => Number(text || Number.NaN)),
      ),
      schema.number().check(schema.refine((count) => Number.isSafeInteger(count) && count >= least)),
    ),
  );

/** A page of contacts. `meta` may be missing; `links` are never followed, so they are not read. */
export const contactPageSchema = schema.pipe(
  schema.object({
    data: listOf(contactSchema, 1000),
    meta: lenient(schema.object({ total: countOf(0), last_page: countOf(0), per_page: countOf(1) })),
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
