import type { Bundle, ZObject } from 'zapier-platform-core';
import { listContactsByField } from '../api/contacts.ts';
import { badInput } from '../failures/failures.ts';
import { readFieldId, readFieldValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { readCache, replaceCache, writeCache } from './cache.ts';
import { fingerprint } from './fingerprint.ts';
import { type Item, type Poll, sinceOf, type TimedPage, WatchedList } from './list.ts';
import { PageReader, shareOf } from './page-reader.ts';
import { readNew, readNewest, sweep } from './sorted.ts';
import {
  CONTACTS_A_DAY,
  DAY,
  type ListState,
  type Start,
  type State,
  startSchema,
  stateSchema,
} from './state.ts';
import { readEnds, readInTurns } from './turns.ts';

/** Each value takes its share of a poll's requests. */
const MOST_VALUES = 10;

/** Pages of one list that are read when a Zap is switched on, and what part of them is believed when all is forgotten. */
const SWITCH_ON_PAGES = 32;
const BELIEVED = 3 / 4;

/** Seconds by which the local clock may be ahead of a server that does not tell its time. */
const CLOCK_MARGIN = 60;

type Reader = PageReader<TimedPage>;

const newestFirst = (items: Item[]): Item[] =>
  [...new Map(items.map((item) => [item.contact.id, item])).values()].sort(
    (a, b) => b.createdAt - a.createdAt,
  );

const contactsOf = (items: Item[]): Contact[] => newestFirst(items).map(({ contact }) => contact);

/** Names what is remembered: by connection, Zap, field and values, so that nothing else can disturb it. */
function keyOf({ authData, meta }: Bundle, name: string, values: string[]): string {
  const watched = [authData.host, authData.custom_host, authData.channel_token, meta?.zap?.id, name, values];
  return `new_contact:2:${fingerprint(JSON.stringify(watched), 22)}`;
}

/** Reads lists as far as the poll's limits go, beginning with the one at `first`: the newest of each before the rest of any. */
async function readLists(lists: WatchedList[], first = 0): Promise<WatchedList[]> {
  const turned = [...lists.slice(first), ...lists.slice(0, first)];
  for (const list of turned) await (list.isSorted ? readNewest(list) : readEnds(list));
  const read = turned.filter(({ requests }) => requests > 0);
  const complete = new Set<WatchedList>();
  for (const list of read) if (list.isSorted && (await readNew(list))) complete.add(list);
  for (const list of read) {
    if (complete.has(list)) await sweep(list);
    if (!list.isSorted) await readInTurns(list);
  }
  return lists;
}

/** The list that the next poll begins with: the one that this poll did not get to. */
function nextFirst(values: string[], first: number, { stopped }: Reader): number {
  if (!stopped) return first;
  const index = values.indexOf(stopped.list);
  return index === first ? (first + 1) % values.length : index;
}

function open(
  values: string[],
  reader: Reader,
  start: Start,
  known: ListState[] = [],
  limit = Number.POSITIVE_INFINITY,
) {
  const poll: Poll = {
    reader,
    start,
    share: shareOf(values.length),
    limit,
    fingerprints: Math.floor(CONTACTS_A_DAY / values.length),
  };
  return values.map((value, index) => new WatchedList(value, known[index], poll));
}

/** Reads the newest contacts of lists that nothing is remembered of. */
const readFresh = (values: string[], reader: Reader, start: Start) =>
  readLists(open(values, reader, start, [], Math.min(SWITCH_ON_PAGES, shareOf(values.length))));

/** A start that lies before every contact. */
const everything = (): Start => ({ since: Number.NEGATIVE_INFINITY, isAhead: false });

/** What a poll gives: contacts, and what to remember. */
interface Outcome {
  contacts: Contact[];
  state: State;
}

/** The poll that switches a Zap on: returns what is there, which never fires, and remembers the time. */
async function switchOn(values: string[], reader: Reader): Promise<Outcome> {
  const start = everything();
  const lists = await readFresh(values, reader, start);
  start.since = reader.serverStart ?? reader.now - CLOCK_MARGIN;
  const returned = lists.map((list, index) => {
    // The moment of switching on is that of the first request. What may have come later is for the next poll.
    const arrivals = new Set(index === 0 ? list.arrivals : list.items.values());
    const later = [...list.items.values()].filter(
      (item) => list.isNew(item) && (arrivals.has(item) || item.createdAt > sinceOf(start)),
    );
    const old = [...list.items.values()].filter((item) => !later.includes(item));
    list.settle(old, later.length);
    return old;
  });
  return {
    contacts: contactsOf(returned.flat()),
    state: { ...start, first: 0, lists: lists.map((list) => list.remember()) },
  };
}

/** A poll that knows when the Zap was switched on. */
async function poll(
  values: string[],
  reader: Reader,
  start: Start,
  state: State | undefined,
): Promise<Outcome> {
  const known = state?.lists.length === values.length ? state.lists : [];
  const lists = open(values, reader, start, known);
  await readLists(lists, state?.first);
  const items = lists.flatMap((list) => [...list.items.values()].filter((item) => list.isNew(item)));
  const first = nextFirst(values, state?.first ?? 0, reader);
  return {
    contacts: contactsOf(items),
    state: { ...start, first, lists: lists.map((list) => list.remember()) },
  };
}

/**
 * A poll that knows nothing, not even when the Zap was switched on. What it returns must be new or have been returned
 * at that time: of the last 24 hours, the newest contacts, and fewer of them than switching on reads, as some may have
 * been deleted since.
 */
async function startAgain(values: string[], reader: Reader): Promise<Outcome> {
  const start = everything();
  const lists = await readFresh(values, reader, start);
  const dayAgo = reader.now - DAY;
  const pages = Math.floor(Math.min(SWITCH_ON_PAGES, shareOf(values.length)) * BELIEVED);
  const believed = lists.map((list) => {
    const recent = newestFirst([...list.items.values()].filter(({ createdAt }) => createdAt >= dayAgo));
    const most = pages * list.state.size;
    const isWhole = list.isSorted ? list.state.sweep === null : list.isShort && list.total <= most;
    const items = list.isSorted || isWhole ? recent.slice(0, most) : [];
    const oldest = items.at(-1)?.createdAt ?? reader.now - 1;
    return { items, since: isWhole && items.length === recent.length ? dayAgo : oldest + 1 };
  });
  start.since = Math.max(...believed.map(({ since }) => since));
  return {
    contacts: contactsOf(believed.flatMap(({ items }) => items)),
    state: {
      ...start,
      first: 0,
      lists: lists.map((list, index) => {
        list.settle(believed[index]?.items ?? [], 0);
        return list.remember();
      }),
    },
  };
}

async function run(z: ZObject, bundle: Bundle, values: string[], reader: Reader, key: string) {
  const startKey = `${key}:since`;
  if (bundle.meta?.isPopulatingDedupe) {
    const { contacts, state } = await switchOn(values, reader);
    const { since, isAhead } = state;
    await Promise.all([replaceCache(z, key, state), replaceCache(z, startKey, { since, isAhead })]);
    return contacts;
  }
  const main = await readCache(z, key, stateSchema);
  const spare = main.value ? undefined : await readCache(z, startKey, startSchema);
  const known = main.value ?? spare?.value;
  if (!known && bundle.meta?.zap?.id === undefined && bundle.meta?.isPopulatingDedupe === undefined) {
    // Zapier says of every poll what it is for, and whose. A program that says neither wants to see what is there.
    const lists = await readFresh(values, reader, everything());
    return contactsOf(lists.flatMap(({ items }) => [...items.values()]));
  }
  const { contacts, state } = known
    ? await poll(values, reader, { since: known.since, isAhead: known.isAhead }, main.value)
    : await startAgain(values, reader);
  const isChanged = JSON.stringify(state) !== JSON.stringify(main.value);
  if (reader.stopped?.error && !isChanged) throw reader.stopped.error;
  // What could not be read may still be there, and is worth more than what this poll could find out.
  if (isChanged && !main.failed && !spare?.failed) {
    const { since, isAhead } = state;
    await Promise.all([writeCache(z, key, state), writeCache(z, startKey, { since, isAhead })]);
  }
  return contacts;
}

/** A few recent contacts for the editor, in at most two requests. */
async function sample(reader: Reader, [value, other]: string[]): Promise<Contact[]> {
  const [first] = [await reader.read(value ?? '', 1)];
  if (!first) return [];
  const size = first.perPage ?? Math.max(first.contacts.length, 1);
  const pages = Math.ceil((first.total ?? 0) / size);
  let more: TimedPage | undefined;
  if (pages > 1) more = await reader.read(value ?? '', pages);
  else if (first.contacts.length === 0 && other !== undefined) more = await reader.read(other, 1);
  const contacts = [...first.contacts, ...(more?.contacts ?? [])];
  return contacts.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at)).slice(0, 3);
}

/**
 * One poll of New Contact: the contacts to report, newest first, each once however often it is read.
 * Contacts created since the Zap was switched on are returned, older ones are not; see docs/new-contact.md.
 */
export async function pollNewContacts(z: ZObject, bundle: Bundle): Promise<Contact[]> {
  const name = readFieldId('Field ID', bundle.inputData.field_name);
  const values = readFieldValues('Field Values', bundle.inputData.field_values).sort();
  if (values.length > MOST_VALUES) {
    throw badInput(
      `The Field Values field holds ${values.length} values. Watch at most ${MOST_VALUES} in one Zap.`,
    );
  }
  const readPage = (value: string, page: number) => listContactsByField(z, bundle, { name, value, page });
  const reader = new PageReader<TimedPage>(readPage, Date.now);
  if (bundle.meta?.isLoadingSample && !bundle.meta.isPopulatingDedupe) return sample(reader, values);
  return run(z, bundle, values, reader, keyOf(bundle, name, values));
}
