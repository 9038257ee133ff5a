import type { OutputFields, PlainOutputField } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { withBigNumbersAsText } from './json.ts';
import { anything, optionalIfValid } from './schemas.ts';

/** Reads a text. Some brands send a number instead, which becomes a text if `isNumber` accepts it. */
function textOr(isNumber: (value: unknown) => boolean) {
  const isText = (value: unknown) => typeof value === 'string' || isNumber(value);
  return schema.pipe(schema.unknown().check(schema.refine(isText)), schema.transform(String));
}

const textSchema = textOr((value) => Number.isFinite(value) || typeof value === 'bigint');

/** A list of at most `most` items, counted first because zod would report each wrong item of a huge one. */
function listOf<T>(item: schema.ZodMiniType<T>, most: number) {
  const counted = schema.array(anything).check(schema.refine((list) => list.length <= most));
  return schema.pipe(counted, schema.array(item));
}

/** Characters. No channel has longer IDs, and servers accept addresses of at least 2,000. */
const longestId = 500;

/** True if a text can be one segment of a path, as contact IDs are. */
export const isContactId = (id: string): boolean =>
  !['', '.', '..'].includes(id) && id.length <= longestId && id.isWellFormed();

/** A number that JavaScript may have rounded is refused: it could be the ID of another contact. */
export const contactIdSchema = textOr(Number.isSafeInteger).check(schema.refine(isContactId));

/** Percent-encodes an ID, on Viber in Base64. Raw Viber IDs look like Base64 too: only the connection can tell. */
export const contactIdSegment = (id: string, isViber: boolean): string =>
  encodeURIComponent(isViber ? Buffer.from(id).toString('base64') : id);

/** The specification has Unix seconds. Numeric strings and ISO text are understood too. */
const dateOf = (text: string): Date =>
  new Date(text === '' || Number.isNaN(Number(text)) ? text : Number(text) * 1000);

const createdAtSchema = schema.pipe(
  textSchema.check(schema.refine((text) => !Number.isNaN(dateOf(text).getTime()))),
  schema.transform((text) => dateOf(text).toISOString()),
);

/** Reads a missing value or null as `empty`. */
function orEmpty<T>(empty: unknown, inner: schema.ZodMiniType<T>) {
  const filled = schema.transform((value: unknown) => value ?? empty);
  return schema.pipe(schema.pipe(anything, filled), inner);
}

/** The API is written in PHP, which writes an empty map as an empty list. */
const mapSchema = schema.pipe(
  schema.transform((value: unknown) =>
    withBigNumbersAsText(Array.isArray(value) && value.length === 0 ? {} : value),
  ),
  schema.looseObject({}),
);

/** Tags that cannot be text are left out. */
const tagsSchema = schema.pipe(
  listOf(anything, 10_000),
  schema.transform((tags) => tags.flatMap((tag) => textSchema.safeParse(tag).data ?? [])),
);

/** The contact of an answer, read into the shape that every operation outputs. */
export const contactSchema = schema.object({
  id: contactIdSchema,
  created_at: createdAtSchema,
  tags: orEmpty([], tagsSchema),
  custom_fields: orEmpty({}, mapSchema),
});

export type Contact = schema.infer<typeof contactSchema>;

/** A count in `meta`; undefined unless it is a whole number of at least `least`. */
function countOf(least: number) {
  const isCount = (text: string) =>
    text.trim() !== '' && Number.isSafeInteger(Number(text)) && Number(text) >= least;
  return optionalIfValid(schema.pipe(textSchema.check(schema.refine(isCount)), schema.transform(Number)));
}

function fillerOf(contacts: Contact[]) {
  const names = contacts.flatMap(({ custom_fields }) => Object.keys(custom_fields));
  const none = Object.fromEntries(names.map((name) => [name, null]));
  return <T extends Contact>(contact: T): T => ({
    ...contact,
    custom_fields: { ...none, ...contact.custom_fields },
  });
}

/** Returns all contacts with the same fields, so that each can be mapped and the values of line items stay aligned. */
export const withSameFields = <T extends Contact>(contacts: T[]): T[] => contacts.map(fillerOf(contacts));

/** A page of contacts with the same fields. `meta` may be missing. `links` is not read because it must not be followed. */
const pageSchemaOf = (data: schema.ZodMiniType<(Contact | undefined)[]>) =>
  schema.pipe(
    schema.object({
      data,
      meta: optionalIfValid(
        schema.object({ total: countOf(0), last_page: countOf(0), per_page: countOf(1) }),
      ),
    }),
    schema.transform(({ data, meta }) => {
      const isRead = (contact: Contact | undefined) => contact !== undefined;
      const fill = fillerOf(data.filter(isRead));
      const entries = data.map((contact) => contact && fill(contact));
      return {
        contacts: entries.filter(isRead),
        entries,
        total: meta?.total,
        lastPage: meta?.last_page,
        perPage: meta?.per_page,
      };
    }),
  );

export const contactPageSchema = pageSchemaOf(listOf(contactSchema, 1000));
/** One page: its readable contacts, all its entries (undefined if unreadable), and what `meta` tells about the list. */
export type ContactPage = schema.infer<typeof contactPageSchema>;

/** Reads an unfitting value as a missing one. */
function orMissing<T>(inner: schema.ZodMiniType<T>) {
  const read = (value: unknown) => inner.safeParse(value).data ?? inner.parse(undefined);
  return schema.pipe(anything, schema.transform(read));
}

const { shape } = contactSchema;
const listedContactSchema = schema.object({
  ...shape,
  tags: orMissing(shape.tags),
  custom_fields: orMissing(shape.custom_fields),
});

/** A page without its unreadable contacts. It is refused if none is left, unless it had only one entry of a longer list. */
export const tolerantPageSchema: schema.ZodMiniType<ContactPage> = schema.pipe(
  pageSchemaOf(listOf(optionalIfValid(listedContactSchema), 1000)),
  schema.transform((page, { issues }) => {
    const { contacts, entries, total = 0 } = page;
    if (contacts.length === 0 && entries.length > (total > 1 ? 1 : 0)) {
      issues.push({ code: 'custom', input: page, path: ['data', 0] });
    }
    return page;
  }),
);

/** `name` is the ID of the field. */
export type FieldValue = { name: string; value: string | number | boolean };

/** A field's ID and the value to look for. */
export type FieldMatch = { name: string; value: string };

export interface NewContact {
  fields: FieldValue[];
  tags: string[];
  isFoundAgain: boolean; // True if a repeated run finds the contact first, so that it cannot create a second one.
}

/** The example of the API's documentation. */
export const contactSample: Contact = {
  id: '1776025372480910',
  created_at: '2019-12-06T07:49:02.000Z',
  tags: ['Blog Updates', 'Platform Updates'],
  custom_fields: {
    firstName: 'Mahin',
    lastName: 'Dar',
    phone: '+12025550143',
    email: 'mahin@example.com',
    language: 'en',
    profilePic: 'https://example.com/mahin.jpg',
    customerid: '1',
  },
};

/** The fields that every channel has, by ID and label. The API accepts others by their IDs. */
export const standardFields = [
  { key: 'firstName', label: 'First Name' },
  { key: 'lastName', label: 'Last Name' },
  { key: 'phone', label: 'Phone' },
  { key: 'email', label: 'Email' },
  { key: 'language', label: 'Language' },
  { key: 'profilePic', label: 'Profile Picture' },
] as const;

const idOutput = { key: 'id', label: 'Contact ID' } as const;
const customFieldOutputs = standardFields.map(({ key, label }) => ({ key: `custom_fields__${key}`, label }));

export const contactOutputFields: PlainOutputField[] = [
  idOutput,
  { key: 'created_at', label: 'Created At', type: 'datetime' },
  { key: 'tags', label: 'Tags', list: true },
  ...customFieldOutputs,
];

const tagsOutput = { key: 'tags', label: 'Tags', list: true } as const;
/** A write outputs the ID, and the fields and tags that it wrote. */
export const writtenContactOutputFields: OutputFields = [idOutput, ...customFieldOutputs, tagsOutput];
export const writtenContactSample = {
  id: contactSample.id,
  custom_fields: contactSample.custom_fields,
  tags: contactSample.tags,
};

export function writtenContact(id: string, fields: FieldValue[], tags: string[]) {
  const custom_fields = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return { id, custom_fields, ...(tags.length > 0 && { tags }) };
}

/** Returns a contact after a write: what it had before, if it existed, with what was written over it. */
export function contactAfter(
  { id, custom_fields, tags = [] }: ReturnType<typeof writtenContact>,
  before: Pick<Contact, 'custom_fields' | 'tags'> = { custom_fields: {}, tags: [] },
) {
  return {
    id,
    custom_fields: { ...before.custom_fields, ...custom_fields },
    tags: [...new Set([...before.tags, ...tags])],
  };
}

/** A change of tags outputs the ID and the changed tags. */
export const tagsOutputFields: OutputFields = [idOutput, tagsOutput];
export const tagsSample = { id: contactSample.id, tags: contactSample.tags };
