import type { ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { type Connection, openConnection } from '../connection/connection.ts';
import { failureOf } from '../failures/failure.ts';
import { errorOfFirstMessage, foundAgainAdvice, sendAfterWork } from '../failures/partial-work.ts';
import {
  type Contact,
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
import { createContactRequests, undefinedIfUnknown } from './contact-requests.ts';
import { contactAnswer, createContactSearch, type Found, type TimedPage } from './contact-search.ts';
import { fieldsPerRequest, tagsPerRequest } from './limits.ts';
import { createMarks, type LookForMark, type RunOrigin } from './marks.ts';
import { type FoundContacts, readPages } from './pages.ts';
import { type ApiAnswer, type ApiRequest, createSender, type SendRequest } from './request.ts';
import { requireTime, startClock } from './time-limit.ts';

/** The answer to a message, and the ID under which the channel knows the contact. */
type SentAnswer = { id: string; data: SendAnswer };
const idAnswer = schema.object({ data: schema.object({ id: contactIdSchema }) });
const doneAnswer = schema.object(successShape);
const lookFirstAdvice = 'Running this step again could create a duplicate: look for the contact first.';

/** One run's client of the Contacts and Messages API, for one channel. Every error it throws has a sentence for the user. */
export class Channel {
  readonly host: string; // The platform's host, as errors show it: `app.bony.chat`.
  readonly country: string | undefined; // The country of phones without a country code (ISO 3166 alpha-2).
  readonly isWhatsApp: boolean; // True if contact IDs are phone numbers and the limits of WhatsApp apply to messages.
  readonly #send: SendRequest;
  readonly #contacts: ReturnType<typeof createContactRequests>;
  readonly #search: ReturnType<typeof createContactSearch>;
  readonly #lookForMark: LookForMark;
  readonly #secondsSinceStart = startClock();
  readonly #requireTime = () => requireTime(this.#secondsSinceStart());

  constructor(z: ZObject, connection: Connection, bundle: RunOrigin) {
    this.host = connection.host;
    this.country = connection.country;
    this.isWhatsApp = connection.channelType === 'whatsapp';
    this.#send = createSender(z, connection, this.#secondsSinceStart);
    this.#lookForMark = createMarks(z, bundle);
    const run = { send: this.#send, connection, requireTime: this.#requireTime };
    this.#contacts = createContactRequests(run);
    this.#search = createContactSearch(run);
  }

  async #readContact(id: string): Promise<Contact> {
    const requestFor = (segment: string) => ({ method: 'GET', path: `/contact/${segment}` }) as const;
    return (await this.#contacts.send(id, requestFor, contactAnswer)).data.data;
  }

  /** `GET /contact/{id}`. Returns undefined if the channel has no contact with this ID. */
  async getContact(id: string): Promise<Contact | undefined> {
    return this.#readContact(id).catch(undefinedIfUnknown);
  }

  /** `GET /contact/by_custom_field`. Returns a page of exact matches in the API's order. `serverTime` is in Unix seconds. */
  async listContacts(match: FieldMatch, page = 1): Promise<TimedPage> {
    return this.#search.list(match, page, tolerantPageSchema);
  }

  /** Returns the first page of matches, the newest first. A phone is found in any spelling, with at most eight requests. */
  async findContacts(match: FieldMatch): Promise<Found> {
    const page = await this.#search.find(match, 1);
    for (const { id } of page.contacts) this.#contacts.remember(id);
    const contacts = page.contacts.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
    return { ...page, contacts };
  }

  /** Reads the matching contacts page by page, up to `limit`. */
  async findAllContacts(match: FieldMatch, limit: number): Promise<FoundContacts> {
    return readPages(limit, (page) => this.#search.find(match, page), this.#secondsSinceStart);
  }

  /** `PUT /contact/{id}` once per 30 fields, then adds the tags, whose answers have no ID. Returns the ID that the channel knows. */
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
      }),
    });
    if (fields.length === 0) return this.addTags(id, tags);
    const done = { sentence: 'The fields were saved, but some tags may not have been added.' };
    await sendAfterWork(done, () => this.addTags(id, tags));
    return answeredId;
  }

  /** `POST /contact/` with 30 fields, then updates with the rest, then tags. Returns the new ID. */
  async createContact(contact: NewContact): Promise<string> {
    return this.#create(contact, async (id) => id);
  }

  /** Creates a contact and reads it back, because a find-or-create outputs a whole contact. */
  async createAndReadContact(contact: NewContact): Promise<Contact> {
    return this.#create(contact, async (id) => {
      const done = {
        sentence: `The contact was created with the ID "${id}", but its data could not be read.`,
        retryAdvice: contact.isFoundAgain ? foundAgainAdvice : lookFirstAdvice,
      };
      return sendAfterWork(done, async () => {
        this.#requireTime();
        return this.#readContact(id);
      });
    });
  }

  /** Creates a contact and calls `finish` with its ID. If an earlier run created it and then failed, goes on from there. */
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
    const id = mark.createdId ?? (await mark.send(() => this.#send(request, idAnswer))).data.data.id;
    // If an earlier run created the contact, the channel has had time to know its ID.
    this.#contacts.remember(id, mark.createdId === undefined);
    try {
      await this.#completeContact(id, contact);
      const result = await finish(id);
      await mark.clear();
      return result;
    } catch (error) {
      if (mark.createdId !== undefined && failureOf(error)?.code === 'unknown_contact') {
        // The contact has been deleted since. Without the mark, the next run creates it again.
        await mark.clear();
        throw error;
      }
      throw await mark.leaveCreated(error, id, isFoundAgain);
    }
  }

  /** Writes the fields and tags that did not fit in the request that created the contact. */
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
      }),
    });
    const done = {
      sentence: `The contact was created with the ID "${id}", but some of its tags may not have been added.`,
      retryAdvice: isFoundAgain
        ? foundAgainAdvice
        : 'Running this step again would create a duplicate: add the tags with Add Tags to Contact.',
    };
    await sendAfterWork(done, () => this.addTags(id, tags));
  }

  /**
   * `POST /contact/{id}/tags` once per 10 tags; adding a tag twice changes nothing. Returns the ID that the channel knows.
   */
  async addTags(id: string, tags: string[]): Promise<string> {
    return this.#changeTags('POST', 'added', id, tags);
  }

  /** `DELETE /contact/{id}/tags` once per 10 tags, which go in the body. Returns the ID that the channel knows. */
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
      }),
    });
    return knownId;
  }

  /** `POST /message/sendContent/{id}`. Repeated only if the API said that it did nothing. */
  async sendMessage(id: string, message: Message, forceCancelSurvey?: boolean): Promise<SentAnswer> {
    // Inferred: the documentation says only that `forceCancelSurvey` is "in the payload", so it stands beside `body`.
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

  /** Creates a contact and sends it one message. If the message fails, the error says that the contact exists. */
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
        throw errorOfFirstMessage(error, id);
      }
    });
  }

  /** Makes a request that the user wrote in API Request. */
  async request(request: ApiRequest): Promise<ApiAnswer<unknown>> {
    const send = () =>
      this.#send(request, schema.pipe(schema.unknown(), schema.transform(withBigNumbersAsText)));
    return request.ifUnanswered === undefined
      ? send()
      : (await this.#lookForMark('request', request)).send(send);
  }
}

/** Returns the client of a run. Throws an input error if a field of the connection cannot work. */
export const openChannel = (z: ZObject, bundle: RunOrigin): Channel =>
  new Channel(z, openConnection(bundle.authData), bundle);
