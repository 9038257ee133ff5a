import * as schema from 'zod/mini';
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
import type { Run } from './request.ts';

export const contactAnswer = schema.object({ data: contactSchema });

/** A page, and the time by the server's clock, in Unix seconds. */
export type TimedPage = ContactPage & { serverTime?: number };

/** What a search found: contacts, and how many there are in all if that is known. */
export type Found = Pick<ContactPage, 'contacts' | 'total'>;
const foundOf = (contacts: Contact[]): Found => ({ contacts, total: contacts.length });

/** Finds contacts by the value of a field, and phones in any spelling. */
export function createContactSearch({ send, connection, requireTime }: Run) {
  const { channelType, country } = connection;
  const isWhatsApp = channelType === 'whatsapp';
  /** The spelling last sent for a phone, by what the user typed: later pages must use the same one. */
  const askedSpellings = new Map<string, string>();

  /** Returns one page of exact matches. `shape` decides whether an unreadable contact is left out or fails the page. */
  async function list(
    { name, value }: FieldMatch,
    page: number,
    shape: schema.ZodMiniType<ContactPage> = contactPageSchema,
  ): Promise<TimedPage> {
    const query = { name, value, ...(page > 1 && { page: String(page) }) };
    const { data, response } = await send({ method: 'GET', path: '/contact/by_custom_field', query }, shape);
    const serverTime = Date.parse(response.getHeader('date') ?? '') / 1000;
    return { ...data, ...(Number.isFinite(serverTime) && { serverTime }) };
  }

  /** Returns the contact with this ID; none if another phone is saved in it, because only WhatsApp IDs are sure to be phones. */
  async function pageWith(id: string, typed: string): Promise<Found> {
    const path = `/contact/${contactIdSegment(id, false)}`;
    const answer = await send({ method: 'GET', path, contactIds: [id] }, contactAnswer).catch(
      undefinedIfUnknown,
    );
    const found = answer ? [answer.data.data] : [];
    const { isSamePhone } = await loadPhones();
    return foundOf(
      found.filter(({ custom_fields }) => {
        const saved = String(custom_fields.phone ?? '');
        return saved === '' || isWhatsApp || isSamePhone(saved, typed, country);
      }),
    );
  }

  /** Looks a phone up in all spellings, as value and as ID, until a contact is found. WhatsApp IDs are phones and come first. */
  async function findPhone(typed: string, values: string[], ids: string[]): Promise<Found> {
    const byField = values.map((value) => async () => {
      askedSpellings.set(typed, value);
      return list({ name: 'phone', value }, 1);
    });
    const byId = ids.map((id) => () => pageWith(id, typed));
    for (const lookUp of isWhatsApp ? [...byId, ...byField] : [...byField, ...byId]) {
      requireTime();
      const page = await lookUp();
      if (page.contacts.length > 0) return page;
    }
    return foundOf([]);
  }

  /** Returns one page of contacts. For a phone, later pages use the spelling that found something on the first page. */
  async function find(match: FieldMatch, page: number): Promise<Found> {
    if (match.name !== 'phone') return list(match, page);
    const { phoneLookups } = await loadPhones();
    const { values, ids } = phoneLookups(match.value, country, channelType);
    const asked = askedSpellings.get(match.value);
    if (asked !== undefined || values.length === 0) {
      return list({ name: 'phone', value: asked ?? match.value }, page);
    }
    return findPhone(match.value, values, ids);
  }

  return { list, find };
}
