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

export const contactAnswer = schema.object({ data: contactSchema });

const pageOf = (contacts: Contact[]): ContactPage => ({
  contacts,
  entries: contacts,
  total: contacts.length,
  lastPage: undefined,
  perPage: undefined,
});

/** Finds contacts by the value of a field, and phones in any spelling. */
export class ContactSearch {
  readonly #send: SendRequest;
  readonly #connection: Connection;
  readonly #requireTime: () => void;
  /** The spelling last sent for a phone, by what the user typed: later pages must use the same one. */
  readonly #askedSpellings = new Map<string, string>();

  constructor(send: SendRequest, connection: Connection, requireTime: () => void) {
    this.#send = send;
    this.#connection = connection;
    this.#requireTime = requireTime;
  }

  /** Returns one page of exact matches. `shape` decides if a contact that cannot be read is left out or fails the page. */
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

  /** Returns one page of contacts. For a phone, later pages use the spelling that found something on the first page. */
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
   * Tries spellings of a phone as value and as ID until one is found. WhatsApp IDs are numbers, so there they come first.
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

  /** Returns the contact with this ID, unless another phone is saved: only WhatsApp IDs are sure to be the number. */
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
