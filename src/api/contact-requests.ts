import type * as schema from 'zod/mini';
import { failureOf } from '../failures/failure.ts';
import { contactIdSegment } from '../models/contact.ts';
import { loadPhones, mayBePhone } from '../phone/load.ts';
import type { ApiRequest, Run } from './request.ts';

/** Catches the refusal "no such contact" and rethrows every other error. */
export function undefinedIfUnknown(error: unknown): undefined {
  if (failureOf(error)?.code !== 'unknown_contact') throw error;
}

/** Seconds before each repetition of a request about a new contact: some channels know it only after a moment. */
const secondsBeforeRepeats = [1, 3];

/** Sends requests whose path contains a contact ID. If the channel does not know the typed ID, other forms are tried. */
export function createContactRequests({ send: sendRequest, connection, requireTime }: Run) {
  /** The ID that the channel knows, by the ID that the user typed. */
  const knownIds = new Map<string, string>();
  let newId: string | undefined;

  /** Remembers an ID from the channel, so that no other forms are tried. `isNew`: this run created the contact. */
  function remember(id: string, isNew = false): void {
    knownIds.set(id, id);
    if (isNew) newId = id;
  }

  /**
   * Yields the typed ID (again after a pause if this run created the contact), then the other IDs that a typed phone may have.
   */
  async function* idsOf(typed: string): AsyncGenerator<string> {
    const known = knownIds.get(typed);
    yield known ?? typed;
    if (typed === newId) {
      for (const seconds of secondsBeforeRepeats) {
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        requireTime();
        yield typed;
      }
    }
    const { channelType, country } = connection;
    if (known !== undefined || !mayBePhone(typed)) return;
    const { phoneIdSpellings } = await loadPhones();
    for (const id of phoneIdSpellings(typed, country, channelType).filter((one) => one !== typed)) {
      requireTime();
      yield id;
    }
  }

  /** Makes a request. Only if the API has no such contact, repeats it with another form of the ID. Returns the ID that worked. */
  async function send<T>(
    typed: string,
    requestFor: (segment: string) => ApiRequest,
    shape: schema.ZodMiniType<T>,
  ): Promise<{ id: string; data: T }> {
    const tried = new Set<string>();
    // The error of an ID that no user typed must not ask to check the Contact ID field.
    const isFromChannel = knownIds.get(typed) === typed;
    let refusal: unknown;
    for await (const id of idsOf(typed)) {
      tried.add(id);
      const request = requestFor(contactIdSegment(id, connection.channelType === 'viber'));
      try {
        const { data } = await sendRequest({ ...request, contactIds: [...tried], isFromChannel }, shape);
        knownIds.set(typed, id);
        return { id, data };
      } catch (error) {
        undefinedIfUnknown(error); // Rethrows other errors.
        refusal = error;
      }
    }
    throw refusal;
  }

  return { remember, send };
}
