import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { afterPartialWork, failureOf, type PartialWork, tooSlow } from '../failures/failures.ts';
import type { ContactField, NewContact } from '../inputs/contact-fields.ts';
import { contactSegment } from '../inputs/contact-id.ts';
import {
  type Contact,
  type ContactPage,
  contactIdSchema,
  contactPageSchema,
  contactSchema,
} from '../models/contact.ts';
import { fieldsPerRequest, tagsPerRequest } from './limits.ts';
import { type Connected, callApi, successSchema } from './request.ts';

const contactAnswer = schema.object({ data: contactSchema });
const idAnswer = schema.object({ data: schema.object({ id: contactIdSchema }) });

async function readContact(z: ZObject, bundle: Connected, id: string): Promise<Contact> {
  const path = `/contact/${contactSegment(bundle, id)}`;
  const { answer } = await callApi(z, bundle, { method: 'GET', path, contactId: id }, contactAnswer);
  return answer.data;
}

/** The contact with this ID, or undefined where the channel has none. */
export async function getContact(z: ZObject, bundle: Connected, id: string): Promise<Contact | undefined> {
  try {
    return await readContact(z, bundle, id);
  } catch (error) {
    if (failureOf(error)?.code === 'unknown_contact') {
      return undefined;
    }
    throw error;
  }
}

/**
 * One page of the contacts whose custom field `name` (its ID) has `value`; the first page is 1.
 * The order of results is not documented. `serverTime` is the server's clock in Unix seconds.
 */
export async function listContactsByField(
  z: ZObject,
  bundle: Connected,
  { name, value, page = 1 }: { name: string; value: string; page?: number },
): Promise<ContactPage & { serverTime?: number }> {
  const path = '/contact/by_custom_field';
  const query = { name, value, ...(page > 1 && { page: String(page) }) };
  const { answer, response } = await callApi(z, bundle, { method: 'GET', path, query }, contactPageSchema);
  const serverTime = Date.parse(response.getHeader('date') ?? '') / 1000;
  return { ...answer, ...(Number.isFinite(serverTime) && { serverTime }) };
}

/** Seconds after which no further request begins: 10 for a look-up before, these, and 10 for the last request stay below the 30 of a run. */
const secondsToBegin = 9;

/**
 * Sends `items` in as many requests as their limit takes, one after another.
 * When a later request fails, `tell` says what those before it did.
 */
async function sendInChunks<T>(
  items: T[],
  size: number,
  send: (chunk: T[], done: number) => Promise<unknown>,
  tell: (done: number) => PartialWork,
): Promise<void> {
  const begin = performance.now();
  for (let done = 0; done < items.length; done += size) {
    try {
      if (done > 0 && performance.now() - begin > secondsToBegin * 1000) {
        throw tooSlow(secondsToBegin);
      }
      await send(items.slice(done, done + size), done);
    } catch (error) {
      throw done === 0 ? error : afterPartialWork(error, tell(done));
    }
  }
}

const safeAgain = 'Running this step again is safe.';

/** Writes fields to a contact, 30 a request. Gives the contact's ID as the API answers it. */
export async function updateContact(
  z: ZObject,
  bundle: Connected,
  id: string,
  fields: ContactField[],
): Promise<string> {
  const path = `/contact/${contactSegment(bundle, id)}`;
  let answeredId = id;
  await sendInChunks(
    fields,
    fieldsPerRequest,
    async (custom_fields) => {
      const request = {
        method: 'PUT',
        path,
        body: JSON.stringify({ custom_fields }),
        contactId: id,
      } as const;
      answeredId = (await callApi(z, bundle, request, idAnswer)).answer.data.id;
    },
    (done) => ({
      sentence: `Only the first ${done} of ${fields.length} fields are certain to have been saved.`,
      again: safeAgain,
      isRepeatable: true,
    }),
  );
  return answeredId;
}

const foundAgain = 'Running this step again is safe, as it looks for the contact first.';
const lookBeforeAgain = 'Running this step again could create another one: look for it first.';

/** Creates a contact: 30 fields with the first request, the rest as updates of the new contact. Gives its ID. */
export async function createContact(
  z: ZObject,
  bundle: Connected,
  { fields, isFoundAgain }: NewContact,
): Promise<string> {
  let id = '';
  await sendInChunks(
    fields,
    fieldsPerRequest,
    async (custom_fields, done) => {
      if (done > 0) {
        await updateContact(z, bundle, id, custom_fields);
        return;
      }
      const request = {
        method: 'POST',
        path: '/contact/',
        body: JSON.stringify({ custom_fields }),
        ifUnanswered: `The contact may have been created all the same. ${isFoundAgain ? foundAgain : lookBeforeAgain}`,
      } as const;
      id = (await callApi(z, bundle, request, idAnswer)).answer.data.id;
    },
    (done) => ({
      sentence: `The contact was created with the ID "${id}", but only the first ${done} of its ${fields.length} fields are certain to have been saved.`,
      again: isFoundAgain
        ? foundAgain
        : 'Running this step again would create another one: save the rest with Update Contact.',
      isRepeatable: false,
    }),
  );
  return id;
}

/** Creates a contact where none was found, and reads it back whole. */
export async function createAndReadContact(
  z: ZObject,
  bundle: Connected,
  contact: NewContact,
): Promise<Contact> {
  const id = await createContact(z, bundle, contact);
  try {
    return await readContact(z, bundle, id);
  } catch (error) {
    const sentence = `The contact was created with the ID "${id}", but could not be read back.`;
    const again = contact.isFoundAgain ? foundAgain : lookBeforeAgain;
    throw afterPartialWork(error, { sentence, again, isRepeatable: false });
  }
}

/** Adds tags to a contact or removes them from it, 10 a request. */
export async function changeTags(
  z: ZObject,
  bundle: Connected,
  change: 'add' | 'remove',
  id: string,
  tags: string[],
): Promise<void> {
  const path = `/contact/${contactSegment(bundle, id)}/tags`;
  const method = change === 'add' ? 'POST' : 'DELETE';
  await sendInChunks(
    tags,
    tagsPerRequest,
    (chunk) =>
      callApi(
        z,
        bundle,
        { method, path, body: JSON.stringify({ tags: chunk }), contactId: id },
        successSchema,
      ),
    (done) => ({
      sentence: `Only the first ${done} of ${tags.length} tags are certain to have been ${change === 'add' ? 'added' : 'removed'}.`,
      again: safeAgain,
      isRepeatable: true,
    }),
  );
}
