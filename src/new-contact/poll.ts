import type { Contact, ContactPage } from '../models/contact.ts';
import { conclude } from './conclude.ts';
import type { Item, Read } from './list.ts';
import { fingerprint, type State } from './memory.ts';
import { blank, type Memory, type Plan, plan, type Terms } from './plan.ts';

/** Where pages come from, and the local clock in milliseconds. */
export interface Source {
  readPage: (value: string, page: number) => Promise<ContactPage & { serverTime?: number }>;
  clock: () => number;
}

/** What a poll gives: contacts, newest first, and what to remember. */
export interface Outcome {
  contacts: Contact[];
  state: State;
}

const DAY = 86_400;
const HOUR = 3_600;
const TIME_LIMIT = 25_000;
const REQUEST_LIMIT = 50;
/** What switching on may read of one list, and what is read when nothing is remembered: less, as deletions shift it. */
const POPULATE_LIMIT = 32;
const COLD_PAGES = 30;
const COLD_CONTACTS = 300;
/** Seconds by which the local clock may be ahead of a server that does not tell its time. */
const CLOCK_MARGIN = 60;
/** Contacts that another Zap may still lack, shared by the values' rows for room. */
const OWED = 240;
const OWED_LENGTH = 4;

interface Watched {
  value: string;
  memory: Memory | undefined;
  reads: Read[];
}

const itemOf = (contact: Contact): Item => ({
  id: contact.id,
  at: Math.floor(Date.parse(contact.created_at) / 1000),
  print: fingerprint(contact.id),
  contact,
});

/** Each once, newest first. */
function arrange(items: Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()].sort((a, b) => b.at - a.at);
}

const contactsOf = (items: Item[]): Contact[] => arrange(items).map(({ contact }) => contact);

/** Reads pages and keeps count of requests and time. */
function reader({ readPage, clock }: Source) {
  const started = clock();
  let spent = 0;
  let slowest = 0;
  let server: number | undefined;
  let sent = 0;
  return {
    /** Requests that may still be made, by number and by time. */
    left: () => {
      const time = TIME_LIMIT - (clock() - started);
      return Math.min(REQUEST_LIMIT - spent, slowest > 0 ? Math.floor(time / slowest) : REQUEST_LIMIT);
    },
    /** The server's clock, in whole seconds, when it was first asked; undefined when it does not tell. */
    serverStart: () => server && server - Math.floor(sent / 1000),
    /** The best knowledge of the time now, in Unix seconds. */
    now: () => server ?? Math.floor(clock() / 1000),
    startedAt: Math.floor(started / 1000),
    read: async (value: string, page: number): Promise<Read> => {
      const before = clock();
      const answer = await readPage(value, page);
      const took = clock() - before;
      slowest = Math.max(slowest, took);
      if (spent === 0) [server, sent] = [answer.serverTime, took];
      spent += 1;
      return { page, items: answer.contacts.map(itemOf), total: answer.total, size: answer.perPage };
    },
  };
}

/** Lets every list read what it wants, one page each in turn, until all are content or the poll's limits are reached. */
async function readAll(
  reading: ReturnType<typeof reader>,
  watched: Watched[],
  { limit, since, shared, enough }: { limit: number; since: number; shared: boolean; enough: number },
) {
  const termsOf = ({ memory, reads }: Watched): Terms => {
    const budget = Math.floor(REQUEST_LIMIT / watched.length);
    return {
      floor: Math.max(since, reading.now() - DAY),
      due: shared || reading.now() - (memory?.reread ?? 0) >= HOUR,
      budget,
      enough,
      capacity: Math.min(limit - reads.length, Math.floor(reading.left() / watched.length)),
    };
  };
  const planOf = (list: Watched) => plan(list.memory, list.reads, termsOf(list));
  // Where time runs out before all lists were read, another one comes first at the next poll.
  const first = reading.startedAt % watched.length;
  let wanting = [...watched.slice(first), ...watched.slice(0, first)];
  while (wanting.length > 0) {
    const next: Watched[] = [];
    for (const list of wanting) {
      const { page } = planOf(list);
      if (page === undefined || list.reads.length >= limit || reading.left() <= 0) continue;
      list.reads.push(await reading.read(list.value, page));
      next.push(list);
    }
    wanting = next;
  }
  return watched.map((list) => {
    const terms = termsOf(list);
    const done: Plan = planOf(list);
    return {
      ...conclude(list.memory ?? blank, list.reads, done, terms, reading.now()),
      done,
      reads: list.reads,
    };
  });
}

const forget = (values: string[]): Watched[] =>
  values.map((value) => ({ value, memory: undefined, reads: [] }));

const settled = (memory: Memory, now: number): Memory => ({ ...memory, cursor: undefined, reread: now });

/** Whether nothing was seen to come or go while a list was read. */
const stoodStill = (reads: Read[]): boolean =>
  reads.every(({ total }) => total !== undefined && total === reads[0]?.total);

/** Whether a contact that the clock cannot tell from new ones was in the list when it was first read. */
function wasThere(reads: Read[], { id, position = Number.POSITIVE_INFINITY }: Item): boolean {
  if (stoodStill(reads) || reads[0]?.items.some((item) => item.id === id)) return true;
  const totals = reads.flatMap(({ total }) => total ?? []);
  const [first = 0] = totals;
  const shrank = totals.some((total, index) => totals.slice(0, index).some((earlier) => earlier > total));
  return !shrank && position < first;
}

/** How much is read of lists that nothing is remembered of. */
const everything = {
  limit: POPULATE_LIMIT,
  since: Number.NEGATIVE_INFINITY,
  shared: false,
  enough: Number.POSITIVE_INFINITY,
};

/** What is there, for a program that does not say what it runs the step for; nothing is to be remembered. */
export async function present(source: Source, values: string[]): Promise<Contact[]> {
  const lists = await readAll(reader(source), forget(values), everything);
  return contactsOf(lists.flatMap(({ items }) => items));
}

/**
 * The poll that switches a Zap on: returns what is there, which never fires, and remembers the time.
 * `earlier` is what another Zap, that the platform does not tell apart, may be relying on.
 */
export async function switchOn(
  source: Source,
  values: string[],
  earlier: State | undefined,
): Promise<Outcome> {
  const reading = reader(source);
  const lists = await readAll(reading, forget(values), everything);
  const start = reading.serverStart();
  const since = start ?? reading.startedAt - CLOCK_MARGIN;
  // Contacts that came while this poll was reading were created after it began: they are for the next one.
  const found = lists.map(({ items, reads, memory }) => {
    const old = items.filter(
      (item) => item.at < since || (item.at <= (start ?? item.at) && wasThere(reads, item)),
    );
    // Where something came, it may be counted already: the next poll reads again from here on.
    const reread = stoodStill(reads) && old.length === items.length ? reading.now() : 0;
    return { old, memory: settled(memory, reread) };
  });
  const known = arrange(found.flatMap(({ old }) => old));
  const owed = known
    .filter(({ id, at }) => earlier && (at >= earlier.since || isOwed(earlier, id)))
    .slice(0, OWED / (values.length + 1));
  const state = {
    since,
    from: Math.min(since, ...owed.map(({ at }) => at)),
    shared: earlier !== undefined,
    owed: owed.map(({ id }) => fingerprint(id, OWED_LENGTH)).join(''),
    lists: found.map(({ memory }) => memory),
  };
  return { contacts: contactsOf(known), state };
}

function isOwed({ owed }: State, id: string): boolean {
  const wanted = fingerprint(id, OWED_LENGTH);
  for (let at = 0; at < owed.length; at += OWED_LENGTH) {
    if (owed.slice(at, at + OWED_LENGTH) === wanted) return true;
  }
  return false;
}

/** An ordinary poll, with what is remembered; the lists may have been lost, the time of switching on not. */
export async function live(source: Source, values: string[], state: State): Promise<Outcome> {
  const reading = reader(source);
  const known = state.lists.length === values.length;
  const watched = values.map((value, index) => ({
    value,
    memory: known ? state.lists[index] : undefined,
    reads: [],
  }));
  const { since, from, shared } = state;
  const lists = await readAll(reading, watched, {
    limit: REQUEST_LIMIT,
    since: from,
    shared,
    enough: Number.POSITIVE_INFINITY,
  });
  const items = lists.flatMap((list) => list.items).filter(({ id, at }) => at >= since || isOwed(state, id));
  return { contacts: contactsOf(items), state: { ...state, lists: lists.map(({ memory }) => memory) } };
}

/**
 * A poll that knows nothing, not even when the Zap was switched on. Of the last 24 hours it returns the newest
 * contacts, which either are new or were returned when the Zap was switched on; anything else could be an old one.
 */
export async function cold(source: Source, values: string[], shared: boolean): Promise<Outcome> {
  const reading = reader(source);
  const read = await readAll(reading, forget(values), {
    ...everything,
    limit: REQUEST_LIMIT,
    enough: COLD_PAGES,
  });
  const now = reading.now();
  const lists = read.map(({ items, done, memory, reads }) => {
    const recent = arrange(items.filter(({ at }) => at >= now - DAY));
    const sorted = done.root !== undefined;
    // An unordered list that was not read whole was not seen whole when the Zap was switched on.
    const small = done.edge === undefined && reads.length <= COLD_PAGES + 1;
    const trusted = sorted || small ? recent.slice(0, COLD_CONTACTS) : [];
    const whole = trusted.length === recent.length && done.edge === undefined && (sorted || small);
    const since = whole ? now - DAY : (trusted.at(-1)?.at ?? now - 1) + 1;
    return { trusted, since, memory: settled(memory, now) };
  });
  const since = Math.max(...lists.map((list) => list.since));
  return {
    contacts: contactsOf(lists.flatMap(({ trusted }) => trusted)),
    state: {
      since,
      from: since,
      shared,
      owed: '',
      lists: lists.map(({ memory }) => memory),
    },
  };
}

/** A few recent contacts for the editor, in at most two requests. */
export async function sample(
  { readPage }: Source,
  [value, other]: [string, ...string[]],
): Promise<Contact[]> {
  const first = await readPage(value, 1);
  const size = first.perPage ?? Math.max(first.contacts.length, 1);
  const pages = Math.ceil((first.total ?? 0) / size);
  let more: ContactPage | undefined;
  if (pages > 1) more = await readPage(value, pages);
  else if (first.contacts.length === 0 && other !== undefined) more = await readPage(other, 1);
  return contactsOf([...first.contacts, ...(more?.contacts ?? [])].map(itemOf)).slice(0, 3);
}
