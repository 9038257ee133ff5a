import type { OutputFields, PlainOutputField } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { withBigNumbersAsText } from './json.ts';
import { anything, optionalIfValid } from './schemas.ts';

/** A text, which some brands send as a bare number that `isNumber` accepts. */
function textOr(isNumber: (value: unknown) => boolean) {
  const isText = (value: unknown) => typeof value === 'string' || isNumber(value);
  return schema.pipe(schema.unknown().check(schema.refine(isText)), schema.transform(String));
}

const textSchema = textOr((value) => Number.isFinite(value) || typeof value === 'bigint');

/** A list of at most `most` items. They are counted first, because zod makes a report of each wrong one. */
function listOf<T>(item: schema.ZodMiniType<T>, most: number) {
  const counted = schema.array(anything).check(schema.refine((list) => list.length <= most));
  return schema.pipe(counted, schema.array(item));
}

/** Characters. Longer than the ID of any channel; servers take addresses of at least 2,000. */
const longestId = 500;

/** Whether a text can be one segment of a path, as a contact's ID is. */
export function isContactId(id: string): boolean {
  return !['', '.', '..'].includes(id) && id.length <= longestId && id.isWellFormed();
}

/** A contact's ID. A number that JavaScript may have rounded is none: it could be the ID of another contact. */
export const contactIdSchema = textOr(Number.isSafeInteger).check(schema.refine(isContactId));

/**
 * An ID as a path takes it: percent-encoded, and in Base64 where the connection says that the channel is Viber.
 * Raw Viber IDs look like Base64 themselves, so only the connection can tell.
 */
export function contactIdSegment(id: string, isViber: boolean): string {
  return encodeURIComponent(isViber ? Buffer.from(id).toString('base64') : id);
}

/** `created_at` is Unix seconds in the specification; numeric strings and ISO text are understood too. */
function dateOf(text: string): Date {
  return new Date(text === '' || Number.isNaN(Number(text)) ? text : Number(text) * 1000);
}

const createdAtSchema = schema.pipe(
  textSchema.check(schema.refine((text) => !Number.isNaN(dateOf(text).getTime()))),
  schema.transform((text) => dateOf(text).toISOString()),
);

/** Reads a missing value or null as `empty`. */
function orEmpty<T>(empty: unknown, inner: schema.ZodMiniType<T>) {
  const filled = schema.transform((value: unknown) => value ?? empty);
  return schema.pipe(schema.pipe(anything, filled), inner);
}

/** PHP, which the API is written in, writes an empty map as an empty list. */
const mapSchema = schema.pipe(
  schema.transform((value: unknown) =>
    withBigNumbersAsText(Array.isArray(value) && value.length === 0 ? {} : value),
  ),
  schema.looseObject({}),
);

/** A list of tags, without what cannot be one. */
const tagsSchema = schema.pipe(
  listOf(anything, 10_000),
  schema.transform((tags) => tags.flatMap((tag) => textSchema.safeParse(tag).data ?? [])),
);

/** A contact as the Contacts API answers it, read into the shape that every operation outputs. */
export const contactSchema = schema.object({
  id: contactIdSchema,
  created_at: createdAtSchema,
  tags: orEmpty([], tagsSchema),
  custom_fields: orEmpty({}, mapSchema),
});

/** A contact as every operation outputs it. `created_at` is ISO 8601 in UTC. */
export type Contact = schema.infer<typeof contactSchema>;

/** A count in `meta`; undefined where it is not a whole number of at least `least`. */
const countOf = (least: number) =>
  optionalIfValid(
    schema.pipe(
      schema.pipe(
        textSchema,
        schema.transform((text) => Number(text.trim() || Number.NaN)),
      ),
      schema.number().check(schema.refine((count) => Number.isSafeInteger(count) && count >= least)),
    ),
  );

/** Adds to a contact each field that one of these contacts has and it lacks, as null. */
function fillerOf(contacts: Contact[]) {
  const names = contacts.flatMap(({ custom_fields }) => Object.keys(custom_fields));
  const none = Object.fromEntries(names.map((name) => [name, null]));
  return <T extends Contact>(contact: T): T => ({
    ...contact,
    custom_fields: { ...none, ...contact.custom_fields },
  });
}

/**
 * The same contacts, all with the same fields: null where one lacks a field that another has. So every field that was
 * seen can be mapped, and lists of values keep their order.
 */
export function withSameFields<T extends Contact>(contacts: T[]): T[] {
  return contacts.map(fillerOf(contacts));
}

/** A page of contacts, all with the same fields. `meta` may be missing; `links` are never followed, so they are not read. */
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

/**
 * The contacts of one page; its entries as they stand there, undefined where one could not be read; and what the API
 * says of the whole list: contacts, pages, contacts a page.
 */
export type ContactPage = schema.infer<typeof contactPageSchema>;

/** Reads what does not fit as if it were missing. */
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

/**
 * The same page for a trigger, which would rather miss a contact than all of them. It is refused if none can be read,
 * unless that is one contact of a list that has others.
 */
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

/** A field and its value as the Contacts API takes them. `name` is the field's ID. */
export interface FieldValue {
  name: string;
  value: string | number | boolean;
}

/** A field and the value that contacts are looked up by. `name` is the field's ID. */
export interface FieldMatch {
  name: string;
  value: string;
}

/** What a contact is created from. */
export interface NewContact {
  fields: FieldValue[];
  tags: string[];
  /** A repeated run looks for the contact first and finds it, so it cannot create another one. */
  isFoundAgain: boolean;
}

/** The contact of the API's documentation. */
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

/** The fields that every channel has: their IDs in the API and their labels. The API takes more, by their IDs. */
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

/** What every operation that reads contacts outputs. */
export const contactOutputFields: PlainOutputField[] = [
  idOutput,
  { key: 'created_at', label: 'Created At', type: 'datetime' },
  { key: 'tags', label: 'Tags', list: true },
  ...customFieldOutputs,
];

const tagsOutput = { key: 'tags', label: 'Tags', list: true } as const;

/** What every operation that writes contacts outputs: the ID, and the fields and tags that it wrote. */
export const writtenContactOutputFields: OutputFields = [idOutput, ...customFieldOutputs, tagsOutput];
export const writtenContactSample = {
  id: contactSample.id,
  custom_fields: contactSample.custom_fields,
  tags: contactSample.tags,
};

/** What a run wrote to a contact, as operations output it: `tags` only where there are some. */
export function writtenContact(id: string, fields: FieldValue[], tags: string[]) {
  const custom_fields = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return { id, custom_fields, ...(tags.length > 0 && { tags }) };
}

/** A contact as it is after a run wrote to it: what it had before, with what was written over it. */
export function contactAfter(
  before: Pick<Contact, 'custom_fields' | 'tags'>,
  { id, custom_fields, tags = [] }: ReturnType<typeof writtenContact>,
) {
  return {
    id,
    custom_fields: { ...before.custom_fields, ...custom_fields },
    tags: [...new Set([...before.tags, ...tags])],
  };
}

/** What adding and removing tags outputs: the contact, and the tags that the run added or removed. */
export const tagsOutputFields: OutputFields = [idOutput, tagsOutput];
export const tagsSample = { id: contactSample.id, tags: contactSample.tags };
