import type * as schema from 'zod/mini';
import type { Connection } from '../connection/connection.ts';
import { failureOf } from '../failures/failure.ts';
import { contactIdSegment } from '../models/contact.ts';
import { loadPhones, mayBePhone } from '../phone/load.ts';
import type { ApiRequest, SendRequest } from './request.ts';

/** Catches the refusal "no such contact" and rethrows every other error. */
export function undefinedIfUnknown(error: unknown): undefined {
  if (failureOf(error)?.code !== 'unknown_contact') throw error;
}

/** Seconds before each repetition of a request about a new contact: some channels know it only after a moment. */
const patience = [1, 3];

/** Sends requests whose path contains a contact ID, in each form in which the typed ID may be known to the channel. */
export class ContactRequests {
  readonly #send: SendRequest;
  readonly #connection: Connection;
  readonly #requireTime: () => void;
  /** The ID that the channel knows, by the ID that the user typed. */
  readonly #knownIds = new Map<string, string>();
  #newId: string | undefined;

  constructor(send: SendRequest, connection: Connection, requireTime: () => void) {
    this.#send = send;
    this.#connection = connection;
    this.#requireTime = requireTime;
  }

  /** Accepts an ID from the channel as it is. `isNew` means that this run created the contact. */
  remember(id: string, isNew = false): void {
    this.#knownIds.set(id, id);
    this.#newId = isNew ? id : this.#newId;
  }

  /** Makes a request, again with another form of the ID only if the API has no such contact. Returns the channel's ID. */
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

  /**
   * Yields the typed ID (again after a pause if this run created the contact), then the other forms of IDs for its phone.
   */
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
