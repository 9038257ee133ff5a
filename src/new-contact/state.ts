import * as schema from 'zod/mini';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** Seconds by which the clocks of one API may differ without a sign that one of them is wrong. */
export const SLACK = 5;

/** Seconds by which `created_at` may be ahead of the server's own clock, or behind it. */
export const CLOCK_ERROR = 120;

/** Seconds that a contact may take from its creation until it matches; one hour more for the sweep that finds it. */
export const LOOK_BACK = DAY + HOUR;

/** Contacts a day up to which every promise holds: so many fingerprints are kept, so deep a sweep for nothing in particular goes. */
export const CONTACTS_A_DAY = 2_000;

/** How the API sorts a list; `none` where it sorts by something else, `unknown` until enough of it was seen. */
const orderSchema = schema.enum(['oldest first', 'newest first', 'none', 'unknown']);
export type Order = schema.infer<typeof orderSchema>;

/** A reading of contacts that were read before, which can go on over several polls. */
const sweepSchema = schema.object({
  /** Where it stands: everything from this position on has been read. In an unsorted list, everything before it. */
  edge: schema.number(),
  /** How many contacts it looks for, because the count says that they have not been seen; 0 where it only makes sure. */
  sought: schema.number(),
});

export type Sweep = schema.infer<typeof sweepSchema>;

const listSchema = schema.object({
  order: orderSchema,
  /** Contacts a page. */
  size: schema.number(),
  /** Everything below this position has been dealt with. */
  seen: schema.number(),
  /** How many contacts have been dealt with. `total - count` of them are somewhere below `seen`. */
  count: schema.number(),
  /** When the newest contact was created. */
  newest: schema.number(),
  /** When the last sweep ended, in Unix seconds. */
  swept: schema.number(),
  sweep: schema.nullable(sweepSchema),
  /** Fingerprints of contacts that were dealt with last, the newest at the end. */
  known: schema.string(),
});

/** What is remembered of the contacts that match one value. */
export type ListState = schema.infer<typeof listSchema>;

/** When a Zap was switched on, which is kept twice: without it, an old contact could fire. */
export const startSchema = schema.object({
  /** In Unix seconds of the server's clock. */
  since: schema.number(),
  /** Whether `created_at` was seen ahead of the server's clock. */
  isAhead: schema.boolean(),
});
export type Start = schema.infer<typeof startSchema>;

export const stateSchema = schema.extend(startSchema, {
  /** The list that comes first in the next poll. */
  first: schema.number(),
  /** One a watched value, in the order of the values. */
  lists: schema.array(listSchema),
});

/** What is remembered of a Zap. */
export type State = schema.infer<typeof stateSchema>;

/** A list that was never read. */
export const unreadList: ListState = {
  order: 'unknown',
  size: 1,
  seen: 0,
  count: 0,
  newest: 0,
  swept: 0,
  sweep: null,
  known: '',
};
