import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { openChannel } from '../api/channel.ts';
import { tooSlow } from '../failures/partial-work.ts';
import { parseFieldId, parseWatchedFields, parseWatchedValues } from '../inputs/field-match.ts';
import type { Contact, ContactPage } from '../models/contact.ts';
import { cacheKey, readCache, replaceCache } from '../polling/cache.ts';
import { HOUR } from '../polling/durations.ts';
import { PageReader } from '../polling/page-reader.ts';
import type { Reader, TimedPage } from '../polling/paged-list.ts';
import { readSample } from '../polling/sample.ts';
import { versionOf } from './version.ts';
import { type Place, type Reading, type ReadPage, readWatched } from './watched-lists.ts';

type ReadPageOfApi = (value: string, page: number) => Promise<TimedPage>;

/*
 * Zapier starts the Zap for each pair of `id` and `version` that it has not seen. So a poll returns all contacts that
 * have a watched value, and needs no memory to be right: an unchanged contact is dropped by Zapier.
 *
 * A memory only spares requests. Where no field is watched, the version never changes, and only a contact that begins to
 * match matters: while the counts stay the same, one page a value is enough, and all is read once an hour in case that
 * one contact came as another went. Where a poll's requests do not suffice, the next one goes on at `next`.
 * Switching on is the exception: what it does not read would start the Zap later, so it reads everything or fails.
 */

/** Requests of the poll that switches a Zap on: 500 contacts with ten values have at most 60 pages, some of them read again. */
const switchOnRequests = 100;
const switchOnReadings = 3;
/** Seconds. */
const switchOnTime = 25;

const stateSchema = schema.object({
  /** How many contacts have each value, null where that is not certain; none where everything is to be read. */
  counts: schema.array(schema.nullable(schema.number())),
  /** When everything was last read, in Unix seconds. */
  readAt: schema.number(),
  next: schema.nullable(schema.object({ value: schema.number(), page: schema.number() })),
});
type State = schema.infer<typeof stateSchema>;

const beginning: Place = { value: 0, page: 1 };

/**
 * Reads until the lists have not moved during a reading, up to three times, and gives all that was seen.
 * Where the API does not say how many there are, a second reading has to find nothing new; where there are too many to
 * read them twice, a first one in which nothing moved has to do.
 */
async function readEverything(values: string[], reader: Reader): Promise<Reading> {
  const contacts = new Map<string, Contact>();
  let whole: Reading | undefined;
  for (let readings = 1; ; readings += 1) {
    const reading = await readWatched(values, (value, page) => reader.read(value, page), beginning);
    if (reading.next && whole?.hasMoved !== false) {
      throw reader.refusal ?? tooSlow(switchOnTime);
    }
    const known = contacts.size;
    for (const [id, contact] of reading.contacts) {
      contacts.set(id, contact);
    }
    if (reading.next) {
      return { ...reading, contacts, next: undefined };
    }
    const isCounted = reading.counts.every((count) => count !== undefined);
    const isConfirmed = !reading.hasMoved && contacts.size === known;
    if (isCounted || isConfirmed || readings === switchOnReadings) {
      return { ...reading, contacts };
    }
    whole = reading;
  }
}

/**
 * Whether the first pages show that no contact came or went since everything was read, which was not long ago.
 * They are put into `firstPages`.
 */
async function isUnchanged(
  values: string[],
  reader: Reader,
  state: State,
  firstPages: Map<string, ContactPage>,
): Promise<boolean> {
  for (const [index, value] of values.entries()) {
    const page = await reader.read(value, 1);
    if (!page) {
      return false;
    }
    firstPages.set(value, page);
    if (page.total !== state.counts[index]) {
      return false;
    }
  }
  // A server whose clock was ahead for a while has left a time in the future.
  return Math.abs(reader.now - state.readAt) < HOUR;
}

/** What to remember after a reading. Only one that came to the end, and in which nothing moved, says how many there are. */
function stateAfter(reading: Reading, isWhole: boolean, now: number): State {
  return {
    counts: isWhole ? reading.counts.map((count) => count ?? null) : [],
    readAt: isWhole ? now : 0,
    next: reading.next ?? null,
  };
}

/** An ordinary poll: what it read, and what to remember. */
async function pollOnce(
  values: string[],
  reader: Reader,
  state: State | undefined,
  mayKeepCounts: boolean,
): Promise<{ contacts: Contact[]; state: State }> {
  const firstPages = new Map<string, ContactPage>();
  if (state && state.counts.length > 0 && (await isUnchanged(values, reader, state, firstPages))) {
    return { contacts: [...firstPages.values()].flatMap(({ contacts }) => contacts), state };
  }
  // What was read to compare the counts is not asked for again.
  const read: ReadPage = async (value, page) =>
    (page === 1 ? firstPages.get(value) : undefined) ?? reader.read(value, page);
  const reading = await readWatched(values, read, state?.next ?? beginning);
  const isWhole = mayKeepCounts && !reading.next;
  return { contacts: [...reading.contacts.values()], state: stateAfter(reading, isWhole, reader.now) };
}

/** A poll, or at switch-on the reading that Zapier takes as already seen, with what is remembered from poll to poll. */
async function run(
  z: ZObject,
  { meta }: Bundle,
  values: string[],
  readPage: ReadPageOfApi,
  key: string,
  isVersioned: boolean,
): Promise<Contact[]> {
  const isSwitchOn = meta?.isPopulatingDedupe === true;
  const reader: Reader = new PageReader(readPage, Date.now, isSwitchOn ? switchOnRequests : undefined);
  // Two Zaps that the platform does not tell apart would share the counts: what one has read, the other has not.
  const mayKeepCounts = !isVersioned && meta?.zap?.id !== undefined;
  if (isSwitchOn) {
    const reading = await readEverything(values, reader);
    await replaceCache(z, key, stateAfter(reading, mayKeepCounts, reader.now));
    return [...reading.contacts.values()];
  }
  const remembered = await readCache(z, key, stateSchema);
  const { contacts, state } = await pollOnce(values, reader, remembered, mayKeepCounts);
  if (JSON.stringify(state) !== JSON.stringify(remembered)) {
    await replaceCache(z, key, state);
  }
  return contacts;
}

/**
 * One poll of Updated Contact: the contacts that have a watched value, newest first, each with its `version`.
 * See docs/updated-contact.md.
 */
export async function pollUpdatedContacts(
  z: ZObject,
  bundle: Bundle,
): Promise<(Contact & { version: string })[]> {
  const { inputData, meta } = bundle;
  const name = parseFieldId('Field ID', inputData.field_name);
  const values = parseWatchedValues('Field Values', inputData.field_values);
  const watched = parseWatchedFields('Watched Fields', inputData.watched_fields);
  const channel = openChannel(z, bundle);
  const readPage: ReadPageOfApi = (value, page) => channel.listContacts({ name, value }, page);
  const isSample = meta?.isLoadingSample && !meta.isPopulatingDedupe;
  const key = cacheKey('updated_contact:1', bundle, [name, values, watched]);
  const contacts = isSample
    ? await readSample(readPage, values)
    : await run(z, bundle, values, readPage, key, watched.length > 0);
  return contacts
    .sort((a, b) => b.created_at.localeCompare(a.created_at))
    .map((contact) => ({ ...contact, version: versionOf(contact, watched) }));
}
