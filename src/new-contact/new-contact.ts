import type { Bundle, ZObject } from 'zapier-platform-core';
import { listContactsByField } from '../api/contacts.ts';
import { badInput } from '../failures/failures.ts';
import { readFieldId, readFieldValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { readCache, replaceCache, writeCache } from '../polling/cache.ts';
import { fingerprint } from '../polling/fingerprints.ts';
import { PageReader } from '../polling/page-reader.ts';
import { readSample } from '../polling/sample.ts';
import type { Reader } from './list.ts';
import { contactsOf, type Outcome, openLists, readLists } from './lists.ts';
import { type Start, type State, startSchema, stateSchema } from './state.ts';
import { startAgain, switchOn, whatIsThere } from './switch-on.ts';

/** Each value takes its share of a poll's requests. */
const MOST_VALUES = 10;

/** Names what is remembered: by connection, Zap, field and values, so that nothing else can disturb it. */
function keyOf({ authData, meta }: Bundle, name: string, values: string[]): string {
  const watched = [authData.host, authData.custom_host, authData.channel_token, meta?.zap?.id, name, values];
  return `new_contact:2:${fingerprint(JSON.stringify(watched), 22)}`;
}

/** The list that the next poll begins with: the one that this poll did not get to. */
function nextFirst(values: string[], first: number, { stopped }: Reader): number {
  if (!stopped) return first;
  const index = values.indexOf(stopped.list);
  return index === first ? (first + 1) % values.length : index;
}

/** A poll that knows when the Zap was switched on, and what the lists were like where that was not lost. */
async function pollOnce(
  values: string[],
  reader: Reader,
  known: Start,
  state: State | undefined,
): Promise<Outcome> {
  const start = { since: known.since, isAhead: known.isAhead };
  const { first = 0, lists: remembered = [] } = state ?? {};
  const lists = openLists(values, { reader, start, limit: Number.POSITIVE_INFINITY }, remembered);
  await readLists(lists, start, first);
  const items = lists.flatMap((list) => [...list.items.values()].filter((item) => list.isNew(item)));
  const next = {
    ...start,
    first: nextFirst(values, first, reader),
    lists: lists.map((list) => list.remember()),
  };
  return { contacts: contactsOf(items), state: next };
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
  const spare = main.value ? main : await readCache(z, keys.start, startSchema);
  // Zapier says of every poll what it is for, and whose. A program that says neither wants to see what is there.
  const isByHand = !spare.value && meta?.zap?.id === undefined && meta?.isPopulatingDedupe === undefined;
  if (isByHand) return whatIsThere(values, reader);
  const { contacts, state } = spare.value
    ? await pollOnce(values, reader, spare.value, main.value)
    : await startAgain(values, reader);
  const isChanged = JSON.stringify(state) !== JSON.stringify(main.value);
  if (reader.stopped?.error && !isChanged) throw reader.stopped.error;
  // What could not be read may still be there, and is worth more than what this poll could find out.
  if (isChanged && !main.failed && !spare.failed) {
    await Promise.all([writeCache(z, keys.state, state), writeCache(z, keys.start, startOf(state))]);
  }
  return contacts;
}

/**
 * One poll of New Contact: the contacts to report, newest first, each once however often it is read.
 * Contacts created since the Zap was switched on are returned, older ones are not; see docs/new-contact.md.
 */
export async function pollNewContacts(z: ZObject, bundle: Bundle): Promise<Contact[]> {
  const name = readFieldId('Field ID', bundle.inputData.field_name);
  const values = readFieldValues('Field Values', bundle.inputData.field_values);
  values.sort();
  if (values.length > MOST_VALUES) {
    throw badInput(
      `The Field Values field holds ${values.length} values. Watch at most ${MOST_VALUES} in one Zap.`,
    );
  }
  const readPage = (value: string, page: number) => listContactsByField(z, bundle, { name, value, page });
  const reader: Reader = new PageReader(readPage, Date.now);
  if (bundle.meta?.isLoadingSample && !bundle.meta.isPopulatingDedupe) return readSample(reader, values);
  return run(z, bundle, values, reader, keyOf(bundle, name, values));
}
