import { tooSlowToSwitchOn } from '../failures/polling.ts';
import type { Contact } from '../models/contact.ts';
import { DAY } from '../polling/durations.ts';
import { type PageReader, REQUEST_LIMIT } from '../polling/page-reader.ts';
import { type Item, newestFirst } from '../polling/paged-list.ts';
import { type Outcome, openLists, outcomeOf, readLists } from './lists.ts';

/** The most pages of one list that are read at switch-on, and how large a part is returned after a lost memory. */
const MOST_PAGES = 32;
const PART_AFTER_LOSS = 3 / 4;

const CLOCK_MARGIN = 60; // Seconds by which the local clock may be ahead of a server that does not tell its time.

const limitOf = (values: string[]) => Math.min(MOST_PAGES, Math.floor(REQUEST_LIMIT / values.length));

/** Reads the newest contacts of lists without a memory. They may have any age. */
async function readNewestOf(values: string[], reader: PageReader) {
  const start = { since: Number.NEGATIVE_INFINITY, lead: 0, isAhead: false };
  const poll = { reader, start, limit: limitOf(values) };
  const lists = openLists(values, poll);
  await readLists(lists, poll);
  start.lead = reader.lead;
  return { start, lists };
}

/**
 * The poll at switch-on: returns the existing contacts, which do not start the Zap, and remembers the time. Throws if it
 * is cut short, because contacts that it did not return could start the Zap after a lost memory.
 */
export async function switchOn(values: string[], reader: PageReader): Promise<Outcome> {
  const { start, lists } = await readNewestOf(values, reader);
  if (reader.unserved.size > 0) throw reader.refusal ?? tooSlowToSwitchOn(reader.requests);
  start.since = reader.serverStart ?? reader.now - CLOCK_MARGIN;
  const returned = lists.map((list, index) => {
    const items = [...list.items.values()];
    // The Zap counts as on from the first request. Contacts that may be newer are left to the next poll.
    const isLater = ({ createdAt, readAt }: Item) => createdAt > start.since && createdAt <= readAt;
    const wasThere = (item: Item) => index === 0 && !isLater(item) && list.wasThere(item);
    const old = items.filter((item) => !list.isNew(item) || wasThere(item));
    list.begin(old, items.length - old.length);
    return old;
  });
  return outcomeOf(start, lists, returned.flat());
}

/**
 * A poll after all memory was lost. It may return only contacts that are new or were returned at switch-on: the newest of
 * the last 24 hours, but fewer than switching on reads, because some may have been deleted since.
 */
export async function startAgain(values: string[], reader: PageReader): Promise<Outcome> {
  const { start, lists } = await readNewestOf(values, reader);
  const dayAgo = reader.now - DAY;
  const found = lists.map((list) => {
    const read = list.total - (list.state.check?.edge ?? 0);
    const most = Math.min(Math.floor(limitOf(values) * PART_AFTER_LOSS) * list.state.size, read);
    const recent = newestFirst([...list.items.values()]).filter(({ createdAt }) => createdAt >= dayAgo);
    const isWhole = list.isSorted ? !list.state.check : list.isShort && list.total <= most;
    const returned = list.isSorted || isWhole ? recent.slice(0, most) : [];
    const oldest = returned.at(-1)?.createdAt ?? reader.now - 1;
    const since = isWhole && returned.length === recent.length ? dayAgo : oldest + 1;
    list.begin(returned, 0);
    return { returned, since };
  });
  start.since = Math.max(...found.map(({ since }) => since));
  const items = found.flatMap(({ returned }) => returned);
  return outcomeOf(start, lists, items);
}

/** Returns the existing contacts, for a program that runs the step by hand. */
export async function whatIsThere(values: string[], reader: PageReader): Promise<Contact[]> {
  const { lists } = await readNewestOf(values, reader);
  return newestFirst(lists.flatMap(({ items }) => [...items.values()])).map(({ contact }) => contact);
}
