import * as schema from 'zod/mini';
import type { Connection } from '../connection/connection.ts';
import {
  type Contact,
  type ContactPage,
  contactIdSegment,
  contactPageSchema,
  contactSchema,
  type FieldMatch,
} from '../models/contact.ts';
import { loadPhones } from '../phone/load.ts';
import { undefinedIfUnknown } from './contact-requests.ts';
import type { SendRequest } from './request.ts';

/** The answer to a request for one contact. */
export const contactAnswer = schema.object({ data: contactSchema });

/** A page with these contacts and no others. */
function pageOf(contacts: Contact[]): ContactPage {
  return { contacts, entries: contacts, total: contacts.length, lastPage: undefined, perPage: undefined };
}

/** Looks for contacts by the value of a field. A phone is found however it is written. */
export class ContactSearch {
  readonly #send: SendRequest;
  readonly #connection: Connection;
  readonly #requireTime: () => void;
  /** The spelling of a phone that was asked for last, by what the user typed. */
  readonly #askedSpellings = new Map<string, string>();

  constructor(send: SendRequest, connection: Connection, requireTime: () => void) {
    this.#send = send;
    this.#connection = connection;
    this.#requireTime = requireTime;
  }

  /**
   * One page of the contacts whose field has exactly this value. `serverTime` is the server's clock in Unix seconds.
   * `shape` says whether a contact that cannot be read is left out, or refused with the page.
   */
  async list(
    { name, value }: FieldMatch,
    page: number,
    shape: schema.ZodMiniType<ContactPage> = contactPageSchema,
  ): Promise<ContactPage & { serverTime?: number }> {
    const query = { name, value, ...(page > 1 && { page: String(page) }) };
    const request = { method: 'GET', path: '/contact/by_custom_field', query } as const;
    const { data, response } = await this.#send(request, shape);
    const serverTime = Date.parse(response.getHeader('date') ?? '') / 1000;
    return { ...data, ...(Number.isFinite(serverTime) && { serverTime }) };
  }

  /**
   * One page of the contacts whose field has the value. The pages of a phone are those of the spelling that was found;
   * what is no phone is looked for as it is.
   */
  async find(match: FieldMatch, page: number): Promise<ContactPage> {
    if (match.name !== 'phone') return this.list(match, page);
    const { channelType, country } = this.#connection;
    const { phoneLookups } = await loadPhones();
    const { values, ids } = phoneLookups(match.value, country, channelType);
    const asked = this.#askedSpellings.get(match.value);
    if (asked !== undefined || values.length === 0) {
      return this.list({ name: 'phone', value: asked ?? match.value }, page);
    }
    return this.#findPhone(match.value, values, ids);
  }

  /**
   * The first contacts with a phone, which is asked for in all its spellings, by the field `phone` and by ID, one after
   * another until one is found, in at most eight requests. On WhatsApp the ID is the number, so it comes first.
   */
  async #findPhone(typed: string, values: string[], ids: string[]): Promise<ContactPage> {
    const byField = values.map((value) => async () => {
      this.#askedSpellings.set(typed, value);
      return this.list({ name: 'phone', value }, 1);
    });
    const byId = ids.map((id) => () => this.#pageWith(id, typed));
    const isWhatsApp = this.#connection.channelType === 'whatsapp';
    const lookups = isWhatsApp ? [...byId, ...byField] : [...byField, ...byId];
    for (const lookUp of lookups) {
      this.#requireTime();
      const page = await lookUp();
      if (page.contacts.length > 0) return page;
    }
    return pageOf([]);
  }

  /**
   * The contact with exactly this ID, as a page of one or none. Only on WhatsApp is the ID the number itself: elsewhere a
   * contact that has another phone saved is somebody else.
   */
  async #pageWith(id: string, typed: string): Promise<ContactPage> {
    const path = `/contact/${contactIdSegment(id, false)}`;
    const answer = await this.#send({ method: 'GET', path, contactIds: [id] }, contactAnswer).catch(
      undefinedIfUnknown,
    );
    const found = answer ? [answer.data.data] : [];
    const { channelType, country } = this.#connection;
    const { isSamePhone } = await loadPhones();
    return pageOf(
      found.filter(({ custom_fields }) => {
        const saved = String(custom_fields.phone ?? '');
        return saved === '' || channelType === 'whatsapp' || isSamePhone(saved, typed, country);
      }),
    );
  }
}
