import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { openChannel } from '../api/channel.ts';
import { parseFieldId, parseWatchedValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { cacheKey, readCache, replaceCache, writeCache } from '../polling/cache.ts';
import { PageReader } from '../polling/page-reader.ts';
import { readSample } from '../sample/sample.ts';
import { type Outcome, openLists, outcomeOf, readLists } from './lists.ts';
import { type Start, type State, startSchema, stateSchema } from './state.ts';
import { startAgain, switchOn, whatIsThere } from './switch-on.ts';

/*
 * Returning a contact twice is harmless, as Zapier drops it, and a poll returns nothing that was created before the Zap
 * was switched on. So all that matters is that every contact created since is read at least once.
 *
 *   position  0                                              seen            total
 *   oldest    |  before the Zap  |  dealt with, known by fingerprint  |  new  |  newest
 *          a day ago <--- sweep --- edge                              new --->
 *
 * Every poll reads the page with the newest end, which tells the total, and then the new contacts, oldest first: positions
 * count from the oldest end, so that newer contacts do not move them. What does not fit in a poll is left to the next.
 * If `total` has grown by more contacts than were found (`accounted`), and once an hour, a sweep reads down from the
 * newest end, to `lateFrom`. A list without order is read whole, or in turns (turns.ts). State: state.ts. Limits of a
 * poll: page-reader.ts. What must hold, and the tests that show it: docs/new-contact.md.
 */

/** A poll that knows when the Zap was switched on. If `state` was lost, it reads the lists as if for the first time. */
async function pollOnce(values: string[], reader: PageReader, on: Start, state?: State): Promise<Outcome> {
  const start = schema.parse(startSchema, on);
  const poll = { reader, start, limit: Number.POSITIVE_INFINITY };
  const lists = openLists(values, poll, state?.lists);
  await readLists(lists, poll, state?.first);
  const items = lists.flatMap((list) => [...list.items.values()].filter((item) => list.isNew(item)));
  return outcomeOf(start, lists, items, reader.next(values, state?.first ?? 0));
}

async function run(z: ZObject, { meta }: Bundle, values: string[], reader: PageReader, key: string) {
  const keep = (put: typeof writeCache, state: State) =>
    Promise.all([put(z, key, state), put(z, `${key}:since`, schema.parse(startSchema, state))]);
  if (meta?.isPopulatingDedupe) {
    const { contacts, state } = await switchOn(values, reader);
    await keep(replaceCache, state);
    return contacts;
  }
  const state = await readCache(z, key, stateSchema);
  const start = state ?? (await readCache(z, `${key}:since`, startSchema));
  // Zapier tells the purpose and the Zap of every poll. A program that tells neither wants to see the contacts.
  const isByHand = !start && meta?.zap?.id === undefined && meta?.isPopulatingDedupe === undefined;
  if (isByHand) return whatIsThere(values, reader);
  const next = start ? await pollOnce(values, reader, start, state) : await startAgain(values, reader);
  const isChanged = JSON.stringify(next.state) !== JSON.stringify(state);
  if (reader.refusal && !isChanged) throw reader.refusal;
  if (isChanged) await keep(writeCache, next.state);
  return next.contacts;
}

/** One poll of New Contact: contacts created since the Zap was switched on, newest first; see docs/new-contact.md. */
export async function pollNewContacts(z: ZObject, bundle: Bundle): Promise<Contact[]> {
  const name = parseFieldId('Field', bundle.inputData.field_name);
  const values = parseWatchedValues('Field Values', bundle.inputData.field_values);
  const channel = openChannel(z, bundle);
  const readPage = (value: string, page: number) => channel.listContacts({ name, value }, page);
  const reader = new PageReader(readPage);
  if (bundle.meta?.isLoadingSample && !bundle.meta.isPopulatingDedupe) return readSample(readPage, values);
  return run(z, bundle, values, reader, cacheKey('new_contact:3', bundle, [name, values]));
}
