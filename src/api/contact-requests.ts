import type * as schema from 'zod/mini';
import type { Connection } from '../connection/connection.ts';
import { failureOf } from '../failures/failure.ts';
import { contactIdSegment } from '../models/contact.ts';
import { loadPhones, mayBePhone } from '../phone/load.ts';
import type { ApiRequest, SendRequest } from './request.ts';

/** Gives undefined for the API's refusal that it has no such contact, and throws every other error again. */
export function undefinedIfUnknown(error: unknown): undefined {
  if (failureOf(error)?.code !== 'unknown_contact') throw error;
}

/** Seconds to wait before a request about a contact that was just created is made again: some channels need a moment. */
const patience = [1, 3];

/** Requests whose path names a contact by what the user typed as its ID. */
export class ContactRequests {
  readonly #send: SendRequest;
  readonly #connection: Connection;
  readonly #requireTime: () => void;
  /** The ID under which the channel knows a contact, by what the user typed. */
  readonly #knownIds = new Map<string, string>();
  /** The contact that this run created. */
  #newId: string | undefined;

  constructor(send: SendRequest, connection: Connection, requireTime: () => void) {
    this.#send = send;
    this.#connection = connection;
    this.#requireTime = requireTime;
  }

  /** Takes an ID that the channel gave, so that no other is tried for it. The contact is new if this run created it. */
  remember(id: string, isNew = false): void {
    this.#knownIds.set(id, id);
    this.#newId = isNew ? id : this.#newId;
  }

  /**
   * Makes a request about a contact. Only where the API refuses it because it has no contact with this ID, and so did
   * nothing, is the request made for the next ID that the typed one may stand for, or again for a contact that this run
   * has created. Gives the ID that the channel knows.
   */
  async send<T>(
    typed: string,
    requestFor: (segment: string) => ApiRequest,
    shape: schema.ZodMiniType<T>,
  ): Promise<{ id: string; data: T }> {
    const tried = new Set<string>();
    const isFromChannel = this.#knownIds.get(typed) === typed;
    let refusal: unknown;
    for await (const id of this.#idsOf(typed)) {
      tried.add(id);
      const request = requestFor(contactIdSegment(id, this.#connection.channelType === 'viber'));
      try {
        const { data } = await this.#send({ ...request, contactIds: [...tried], isFromChannel }, shape);
        this.#knownIds.set(typed, id);
        return { id, data };
      } catch (error) {
        undefinedIfUnknown(error);
        refusal = error;
      }
    }
    throw refusal;
  }

  /** The IDs that a typed ID may stand for: itself, then, where it is a phone, the ways in which IDs write that phone. */
  async *#idsOf(typed: string): AsyncGenerator<string> {
    const known = this.#knownIds.get(typed);
    yield known ?? typed;
    if (typed === this.#newId) {
      for (const seconds of patience) {
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        this.#requireTime();
        yield typed;
      }
    }
    const { channelType, country } = this.#connection;
    if (known !== undefined || !mayBePhone(typed)) return;
    const { phoneIdSpellings } = await loadPhones();
    for (const id of phoneIdSpellings(typed, country, channelType).filter((one) => one !== typed)) {
      this.#requireTime();
      yield id;
    }
  }
}
