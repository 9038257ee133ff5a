import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { type AuthData, type Connection, openConnection } from '../connection/connection.ts';
import { failureOf } from '../failures/failure.ts';
import { afterPartialWork } from '../failures/partial-work.ts';
import {
  type Contact,
  type ContactPage,
  contactIdSchema,
  contactIdSegment,
  contactPageSchema,
  contactSchema,
  type FieldMatch,
  type FieldValue,
  type NewContact,
} from '../models/contact.ts';
import { type Message, type SendAnswer, sendAnswerSchema } from '../models/message.ts';
import { successShape } from '../models/schemas.ts';
import { sendInChunks } from './chunks.ts';
import { fieldsPerRequest, tagsPerRequest } from './limits.ts';
import { type FoundContacts, readPages } from './pages.ts';
import { type ApiAnswer, type ApiRequest, createSender, type SendRequest } from './request.ts';

const contactAnswer = schema.object({ data: contactSchema });
const idAnswer = schema.object({ data: schema.object({ id: contactIdSchema }) });

/** The answer to a request that only does something. */
const doneAnswer = schema.object(successShape);

const safeAdvice = 'Running this step again is safe.';
const foundAgainAdvice = 'Running this step again is safe, as it looks for the contact first.';
const lookFirstAdvice = 'Running this step again could create another one: look for it first.';

/**
 * One run's client of the Contacts and Messages API: one channel, with its token.
 * Every method makes the requests that it names, each once, and throws errors with the user's sentence.
 */
export class Channel {
  /** Where the platform lives, to be shown: `app.bony.chat`. */
  readonly host: string;
  readonly #connection: Connection;
  readonly #send: SendRequest;

  constructor(z: ZObject, connection: Connection) {
    this.host = connection.host;
    this.#connection = connection;
    this.#send = createSender(z, connection);
  }

  #segment(id: string): string {
    return contactIdSegment(id, this.#connection.isViber);
  }

  async #readContact(id: string): Promise<Contact> {
    const request = { method: 'GET', path: `/contact/${this.#segment(id)}`, contactId: id } as const;
    return (await this.#send(request, contactAnswer)).data.data;
  }

  /** The contact with this ID, or undefined where the channel has none. `GET /contact/{id}` */
  async getContact(id: string): Promise<Contact | undefined> {
    try {
      return await this.#readContact(id);
    } catch (error) {
      if (failureOf(error)?.code === 'unknown_contact') {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * One page of the contacts whose field has the value; the first page is 1. `GET /contact/by_custom_field`
   * The order of results is not documented. `serverTime` is the server's clock in Unix seconds.
   */
  async listContacts({ name, value }: FieldMatch, page = 1): Promise<ContactPage & { serverTime?: number }> {
    const query = { name, value, ...(page > 1 && { page: String(page) }) };
    const request = { method: 'GET', path: '/contact/by_custom_field', query } as const;
    const { data, response } = await this.#send(request, contactPageSchema);
    const serverTime = Date.parse(response.getHeader('date') ?? '') / 1000;
    return { ...data, ...(Number.isFinite(serverTime) && { serverTime }) };
  }

  /** The contacts whose field has the value, up to `limit` of them, in as many requests as they have pages. */
  async findAllContacts(match: FieldMatch, limit: number): Promise<FoundContacts> {
    return readPages(limit, (page) => this.listContacts(match, page));
  }

  /** Writes fields to a contact, 30 a request: `PUT /contact/{id}`. Gives the ID that the API answers. */
  async updateContact(id: string, fields: FieldValue[]): Promise<string> {
    let answeredId = id;
    await sendInChunks({
      items: fields,
      size: fieldsPerRequest,
      send: async (custom_fields) => {
        const body = JSON.stringify({ custom_fields });
        const request = {
          method: 'PUT',
          path: `/contact/${this.#segment(id)}`,
          body,
          contactId: id,
        } as const;
        answeredId = (await this.#send(request, idAnswer)).data.data.id;
      },
      describe: (done) => ({
        sentence: `Only the first ${done} of ${fields.length} fields are certain to have been saved.`,
        retryAdvice: safeAdvice,
        isRepeatable: true,
      }),
    });
    return answeredId;
  }

  /**
   * Creates a contact and gives its ID: `POST /contact/` with the first 30 fields, then the rest as updates.
   * The trailing slash is in the documentation's example.
   */
  async createContact({ fields, isFoundAgain }: NewContact): Promise<string> {
    let id = '';
    await sendInChunks({
      items: fields,
      size: fieldsPerRequest,
      send: async (custom_fields, done) => {
        if (done > 0) {
          await this.updateContact(id, custom_fields);
          return;
        }
        const request = {
          method: 'POST',
          path: '/contact/',
          body: JSON.stringify({ custom_fields }),
          ifUnanswered: `The contact may have been created all the same. ${isFoundAgain ? foundAgainAdvice : lookFirstAdvice}`,
        } as const;
        id = (await this.#send(request, idAnswer)).data.data.id;
      },
      describe: (done) => ({
        sentence: `The contact was created with the ID "${id}", but only the first ${done} of its ${fields.length} fields are certain to have been saved.`,
        retryAdvice: isFoundAgain
          ? foundAgainAdvice
          : 'Running this step again would create another one: save the rest with Update Contact.',
        isRepeatable: false,
      }),
    });
    return id;
  }

  /** Creates a contact and reads it back whole, as the second half of a find-or-create outputs it. */
  async createAndReadContact(contact: NewContact): Promise<Contact> {
    const id = await this.createContact(contact);
    try {
      return await this.#readContact(id);
    } catch (error) {
      throw afterPartialWork(error, {
        sentence: `The contact was created with the ID "${id}", but could not be read back.`,
        retryAdvice: contact.isFoundAgain ? foundAgainAdvice : lookFirstAdvice,
        isRepeatable: false,
      });
    }
  }

  /** Adds tags to a contact, 10 a request: `POST /contact/{id}/tags`. Adding a tag twice changes nothing. */
  async addTags(id: string, tags: string[]): Promise<void> {
    await this.#changeTags('POST', 'added', id, tags);
  }

  /** Removes tags from a contact, 10 a request: `DELETE /contact/{id}/tags`, with a body. */
  async removeTags(id: string, tags: string[]): Promise<void> {
    await this.#changeTags('DELETE', 'removed', id, tags);
  }

  async #changeTags(method: 'POST' | 'DELETE', changed: string, id: string, tags: string[]): Promise<void> {
    const path = `/contact/${this.#segment(id)}/tags`;
    await sendInChunks({
      items: tags,
      size: tagsPerRequest,
      send: (chunk) =>
        this.#send({ method, path, body: JSON.stringify({ tags: chunk }), contactId: id }, doneAnswer),
      describe: (done) => ({
        sentence: `Only the first ${done} of ${tags.length} tags are certain to have been ${changed}.`,
        retryAdvice: safeAdvice,
        isRepeatable: true,
      }),
    });
  }

  /**
   * Sends one message to a contact, once: `POST /message/sendContent/{id}`. It is never sent again unless the API said
   * that it did nothing. `forceCancelSurvey` ends a survey that the contact is in.
   */
  async sendMessage(id: string, message: Message, forceCancelSurvey?: boolean): Promise<SendAnswer> {
    const request = {
      method: 'POST',
      path: `/message/sendContent/${this.#segment(id)}`,
      // That `forceCancelSurvey` stands beside `body` is inferred: the documentation says "in the payload".
      body: JSON.stringify({ body: [message], forceCancelSurvey }),
      contactId: id,
      ifUnanswered:
        'The message may have been sent all the same: look at the conversation before you run this step again.',
    } as const;
    return (await this.#send(request, sendAnswerSchema)).data;
  }

  /** Makes a request that the user wrote. */
  async request(request: ApiRequest): Promise<ApiAnswer<unknown>> {
    return this.#send(request, schema.unknown());
  }
}

/** Opens the channel of a connection for one run. Throws bad input where a field of the connection cannot work. */
export function openChannel(z: ZObject, { authData }: { authData: AuthData }): Channel {
  return new Channel(z, openConnection(authData));
}
