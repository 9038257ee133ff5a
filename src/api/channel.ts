import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { type Connection, openConnection } from '../connection/connection.ts';
import { failureOf } from '../failures/failure.ts';
import {
  afterCreation,
  afterPartialWork,
  foundAgainAdvice,
  type PartialWork,
} from '../failures/partial-work.ts';
import {
  type Contact,
  type ContactPage,
  contactIdSchema,
  type FieldMatch,
  type FieldValue,
  type NewContact,
  tolerantPageSchema,
} from '../models/contact.ts';
import { withBigNumbersAsText } from '../models/json.ts';
import { type Message, type SendAnswer, sendAnswerSchema } from '../models/message.ts';
import { successShape } from '../models/schemas.ts';
import { sendInChunks } from './chunks.ts';
import { ContactRequests, undefinedIfUnknown } from './contact-requests.ts';
import { ContactSearch, contactAnswer } from './contact-search.ts';
import { fieldsPerRequest, tagsPerRequest } from './limits.ts';
import { createMarks, type LookForMark, type RunOrigin } from './marks.ts';
import { type FoundContacts, readPages } from './pages.ts';
import { type ApiAnswer, type ApiRequest, createSender, type SendRequest } from './request.ts';
import { requireTime, startClock } from './time-limit.ts';

/** The answer to a message, and the ID under which the channel knows the contact. */
type SentAnswer = { id: string; data: SendAnswer };

const idAnswer = schema.object({ data: schema.object({ id: contactIdSchema }) });

/** The answer to a request that only does something. */
const doneAnswer = schema.object(successShape);

const safeAdvice = 'Running this step again is safe.';
const lookFirstAdvice = 'Running this step again could create a duplicate: look for the contact first.';

/**
 * One run's client of the Contacts and Messages API: one channel, with its token.
 * Every method makes the requests that it names, each once, and throws errors with the user's sentence.
 */
export class Channel {
  /** Where the platform lives, to be shown: `app.bony.chat`. */
  readonly host: string;
  /** Of phones that are written without a country code: ISO 3166 alpha-2. */
  readonly country: string | undefined;
  /** Its contacts' IDs are their numbers, and what it delivers obeys the rules of WhatsApp. */
  readonly isWhatsApp: boolean;
  readonly #send: SendRequest;
  readonly #contacts: ContactRequests;
  readonly #search: ContactSearch;
  readonly #lookForMark: LookForMark;
  readonly #secondsSinceStart = startClock();
  readonly #requireTime = () => requireTime(this.#secondsSinceStart());

  constructor(z: ZObject, connection: Connection, bundle: RunOrigin) {
    this.host = connection.host;
    this.country = connection.country;
    this.isWhatsApp = connection.channelType === 'whatsapp';
    this.#send = createSender(z, connection, this.#secondsSinceStart);
    this.#lookForMark = createMarks(z, bundle);
    this.#contacts = new ContactRequests(this.#send, connection, this.#requireTime);
    this.#search = new ContactSearch(this.#send, connection, this.#requireTime);
  }

  async #readContact(id: string): Promise<Contact> {
    const requestFor = (segment: string) => ({ method: 'GET', path: `/contact/${segment}` }) as const;
    return (await this.#contacts.send(id, requestFor, contactAnswer)).data.data;
  }

  /** The contact with this ID, or undefined where the channel has none. `GET /contact/{id}` */
  async getContact(id: string): Promise<Contact | undefined> {
    return this.#readContact(id).catch(undefinedIfUnknown);
  }

  /**
   * One page of the contacts whose field has exactly this value; the first page is 1. `GET /contact/by_custom_field`
   * The order of results is not documented. A contact that cannot be read is left out. `serverTime` is the server's clock in Unix seconds.
   */
  async listContacts(match: FieldMatch, page = 1): Promise<ContactPage & { serverTime?: number }> {
    return this.#search.list(match, page, tolerantPageSchema);
  }

  /**
   * The contacts of the first page whose field has the value, newest first: the API documents no order. A phone is found
   * however it is written, in at most eight requests.
   */
  async findContacts(match: FieldMatch): Promise<ContactPage> {
    const page = await this.#search.find(match, 1);
    for (const { id } of page.contacts) {
      this.#contacts.remember(id);
    }
    const contacts = page.contacts.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    return { ...page, contacts };
  }

  /** The same contacts, up to `limit` of them, in as many requests as they have pages. */
  async findAllContacts(match: FieldMatch, limit: number): Promise<FoundContacts> {
    return readPages(limit, (page) => this.#search.find(match, page), this.#secondsSinceStart);
  }

  /**
   * Writes fields to a contact, 30 a request: `PUT /contact/{id}`. Then adds the tags, as `addTags` does.
   * Gives the ID that the API answers.
   */
  async updateContact(id: string, fields: FieldValue[], tags: string[] = []): Promise<string> {
    let answeredId = id;
    await sendInChunks({
      items: fields,
      size: fieldsPerRequest,
      send: async (custom_fields) => {
        const body = JSON.stringify({ custom_fields });
        const requestFor = (segment: string) =>
          ({ method: 'PUT', path: `/contact/${segment}`, body }) as const;
        answeredId = (await this.#contacts.send(id, requestFor, idAnswer)).data.data.id;
      },
      requireTime: this.#requireTime,
      describe: (done) => ({
        sentence: `The first ${done} of ${fields.length} fields were saved. The others may not have been.`,
        retryAdvice: safeAdvice,
        isRepeatable: true,
      }),
    });
    if (fields.length === 0) return this.addTags(id, tags);
    await this.#addTagsAfter(id, tags, {
      sentence: 'The fields were saved, but some tags may not have been added.',
      retryAdvice: safeAdvice,
      isRepeatable: true,
    });
    return answeredId;
  }

  /** Adds tags to a contact whose fields have been saved. A failure says what was done before it. */
  async #addTagsAfter(id: string, tags: string[], done: PartialWork): Promise<void> {
    try {
      await this.addTags(id, tags);
    } catch (error) {
      throw afterPartialWork(error, done);
    }
  }

  /**
   * Creates a contact and gives its ID: `POST /contact/` with the first 30 fields, then the rest as updates, then the
   * tags. The trailing slash is in the documentation's example.
   */
  async createContact(contact: NewContact): Promise<string> {
    return this.#create(contact, async (id) => id);
  }

  /** Creates a contact and reads it back whole, as the second half of a find-or-create outputs it. */
  async createAndReadContact(contact: NewContact): Promise<Contact> {
    return this.#create(contact, async (id) => {
      try {
        this.#requireTime();
        return await this.#readContact(id);
      } catch (error) {
        throw afterPartialWork(error, {
          sentence: `The contact was created with the ID "${id}", but its data could not be read.`,
          retryAdvice: contact.isFoundAgain ? foundAgainAdvice : lookFirstAdvice,
          isRepeatable: false,
        });
      }
    });
  }

  /**
   * Creates a contact, unless an earlier run of the same content did and could not finish: then this one goes on with
   * that contact. `finish` is what is left to do with it.
   */
  async #create<T>(contact: NewContact, finish: (id: string) => Promise<T>): Promise<T> {
    const { fields, isFoundAgain } = contact;
    const request = {
      method: 'POST',
      path: '/contact/',
      body: JSON.stringify({ custom_fields: fields.slice(0, fieldsPerRequest) }),
      ifUnanswered: `The contact may have been created anyway. ${isFoundAgain ? foundAgainAdvice : lookFirstAdvice}`,
    } as const;
    this.#requireTime();
    const mark = await this.#lookForMark('contact', request);
    const id = mark.id ?? (await mark.send(() => this.#send(request, idAnswer))).data.data.id;
    this.#contacts.remember(id, mark.id === undefined);
    try {
      await this.#completeContact(id, contact);
      const result = await finish(id);
      await mark.clear();
      return result;
    } catch (error) {
      if (mark.id !== undefined && failureOf(error)?.code === 'unknown_contact') {
        // That contact has been deleted since: the next run creates it anew.
        await mark.clear();
        throw error;
      }
      throw await mark.leaveCreated(error, id, isFoundAgain);
    }
  }

  /** Writes what the request that created a contact could not take. */
  async #completeContact(id: string, { fields, tags, isFoundAgain }: NewContact): Promise<void> {
    await sendInChunks({
      items: fields,
      size: fieldsPerRequest,
      done: fieldsPerRequest,
      send: async (custom_fields) => {
        await this.updateContact(id, custom_fields);
      },
      requireTime: this.#requireTime,
      describe: (done) => ({
        sentence: `The contact was created with the ID "${id}" and the first ${done} of its ${fields.length} fields. The others may not have been saved.`,
        retryAdvice: isFoundAgain
          ? foundAgainAdvice
          : 'Running this step again would create a duplicate: save the rest with Update Contact.',
        isRepeatable: false,
      }),
    });
    await this.#addTagsAfter(id, tags, {
      sentence: `The contact was created with the ID "${id}", but some of its tags may not have been added.`,
      retryAdvice: isFoundAgain
        ? foundAgainAdvice
        : 'Running this step again would create a duplicate: add the tags with Add Tags to Contact.',
      isRepeatable: false,
    });
  }

  /**
   * Adds tags to a contact, 10 a request: `POST /contact/{id}/tags`. Adding a tag twice changes nothing.
   * Gives the ID that the channel knows.
   */
  async addTags(id: string, tags: string[]): Promise<string> {
    return this.#changeTags('POST', 'added', id, tags);
  }

  /** Removes tags from a contact, 10 a request: `DELETE /contact/{id}/tags`, with a body. Gives the ID that the channel knows. */
  async removeTags(id: string, tags: string[]): Promise<string> {
    return this.#changeTags('DELETE', 'removed', id, tags);
  }

  async #changeTags(method: 'POST' | 'DELETE', changed: string, id: string, tags: string[]): Promise<string> {
    let knownId = id;
    await sendInChunks({
      items: tags,
      size: tagsPerRequest,
      send: async (chunk) => {
        const body = JSON.stringify({ tags: chunk });
        const requestFor = (segment: string) => ({ method, path: `/contact/${segment}/tags`, body });
        knownId = (await this.#contacts.send(id, requestFor, doneAnswer)).id;
      },
      requireTime: this.#requireTime,
      describe: (done) => ({
        sentence: `The first ${done} of ${tags.length} tags were ${changed}. The others may not have been.`,
        retryAdvice: safeAdvice,
        isRepeatable: true,
      }),
    });
    return knownId;
  }

  /**
   * Sends one message to a contact, once: `POST /message/sendContent/{id}`. It is never sent again unless the API said
   * that it did nothing. `forceCancelSurvey` ends a survey that the contact is in. `id` is the one that the channel knows.
   */
  async sendMessage(id: string, message: Message, forceCancelSurvey?: boolean): Promise<SentAnswer> {
    // That `forceCancelSurvey` stands beside `body` is inferred: the documentation says "in the payload".
    const body = JSON.stringify({ body: [message], forceCancelSurvey });
    const requestFor = (segment: string): ApiRequest => ({
      method: 'POST',
      path: `/message/sendContent/${segment}`,
      body,
      ifUnanswered:
        'The message may have been sent anyway: check the conversation before you run this step again.',
    });
    const mark = await this.#lookForMark('message', requestFor(id));
    return mark.send(() => this.#contacts.send(id, requestFor, sendAnswerSchema));
  }

  /** Creates a contact and sends it one message. A failure of the message says that the contact was created. */
  async createContactAndSend(
    contact: NewContact,
    message: Message,
    forceCancelSurvey?: boolean,
  ): Promise<SentAnswer> {
    return this.#create(contact, async (id) => {
      try {
        this.#requireTime();
        return await this.sendMessage(id, message, forceCancelSurvey);
      } catch (error) {
        throw afterCreation(error, id);
      }
    });
  }

  /** Makes a request that the user wrote. */
  async request(request: ApiRequest): Promise<ApiAnswer<unknown>> {
    const send = () =>
      this.#send(request, schema.pipe(schema.unknown(), schema.transform(withBigNumbersAsText)));
    return request.ifUnanswered === undefined
      ? send()
      : (await this.#lookForMark('request', request)).send(send);
  }
}

/** Opens the channel of a connection for one run. Throws bad input where a field of the connection cannot work. */
export function openChannel(z: ZObject, bundle: RunOrigin): Channel {
  return new Channel(z, openConnection(bundle.authData), bundle);
}
