import type { Bundle, ZObject } from 'zapier-platform-core';
import { openChannel } from '../api/channel.ts';
import { parseFieldId, parseWatchedValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { cacheKey, readCache, replaceCache, writeCache } from '../polling/cache.ts';
import { PageReader } from '../polling/page-reader.ts';
import type { Reader } from '../polling/paged-list.ts';
import { readSample } from '../polling/sample.ts';
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
 * Every poll reads the page with the newest end, which tells the total, and then what is new, oldest first: positions
 * are counted from the oldest end, so that newer contacts do not move them. What does not fit in a poll is for the next.
 * Where `total` has grown by more than what was found (`count`), or an hour has passed, a sweep reads down from `seen`.
 * A list without order is read whole, or in turns (turns.ts); one without `meta.total` counts as such (paged-list.ts).
 * State: state.ts. Limits of a poll: page-reader.ts.
 *
 * What must hold, and the tests (test/src/new-contact) that show it:
 * - Everything below `seen` has been returned, or was not there: "1. loses nothing", "4. covers a burst".
 * - Where `total` exceeds `count`, a sweep looks for the rest: "3. finds a contact that starts to match later".
 * - `since` never moves back: "2. fires nothing false", "Everything forgotten".
 * - A state that is a poll too old costs requests only: "6. loses nothing ... as it was a poll ago".
 * - What stopped a poll loses nothing of what it read: "The API that allows no more requests".
 */

/** A poll that knows when the Zap was switched on, and what the lists were like where that was not lost. */
async function pollOnce(values: string[], reader: Reader, known: Start, state?: State): Promise<Outcome> {
  const start = { since: known.since, isAhead: known.isAhead };
  const poll = { reader, start, limit: Number.POSITIVE_INFINITY };
  const lists = openLists(values, poll, state?.lists);
  await readLists(lists, poll, state?.first);
  const items = lists.flatMap((list) => [...list.items.values()].filter((item) => list.isNew(item)));
  return outcomeOf(start, lists, items, reader.next(values, state?.first ?? 0));
}

async function run(z: ZObject, { meta }: Bundle, values: string[], reader: Reader, key: string) {
  const keys = { state: key, start: `${key}:since` };
  const startOf = ({ since, isAhead }: State): Start => ({ since, isAhead });
  if (meta?.isPopulatingDedupe) {
    const { contacts, state } = await switchOn(values, reader);
    await Promise.all([replaceCache(z, keys.state, state), replaceCache(z, keys.start, startOf(state))]);
    return contacts;
  }
  const main = await readCache(z, keys.state, stateSchema);
  const spare = main ?? (await readCache(z, keys.start, startSchema));
  // Zapier says of every poll what it is for, and whose. A program that says neither wants to see what is there.
  const isByHand = !spare && meta?.zap?.id === undefined && meta?.isPopulatingDedupe === undefined;
  if (isByHand) return whatIsThere(values, reader);
  const { contacts, state } = spare
    ? await pollOnce(values, reader, spare, main)
    : await startAgain(values, reader);
  const isChanged = JSON.stringify(state) !== JSON.stringify(main);
  if (reader.refusal && !isChanged) throw reader.refusal;
  if (isChanged) {
    await Promise.all([writeCache(z, keys.state, state), writeCache(z, keys.start, startOf(state))]);
  }
  return contacts;
}

/**
 * One poll of New Contact: the contacts to report, newest first, each once however often it is read.
 * Contacts created since the Zap was switched on are returned, older ones are not; see docs/new-contact.md.
 */
export async function pollNewContacts(z: ZObject, bundle: Bundle): Promise<Contact[]> {
  const name = parseFieldId('Field ID', bundle.inputData.field_name);
  const values = parseWatchedValues('Field Values', bundle.inputData.field_values);
  const channel = openChannel(z, bundle);
  const readPage = (value: string, page: number) => channel.listContacts({ name, value }, page);
  const reader: Reader = new PageReader(readPage, Date.now);
  if (bundle.meta?.isLoadingSample && !bundle.meta.isPopulatingDedupe) return readSample(readPage, values);
  return run(z, bundle, values, reader, cacheKey('new_contact:2', bundle, [name, values]));
}
