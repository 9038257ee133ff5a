import * as schema from 'zod/mini';
import { orderSchema } from '../polling/order.ts';

/** Contacts a day up to which late matches are found: so many fingerprints are kept, so deep goes a sweep that seeks nothing. */
export const CONTACTS_A_DAY = 2_000;

const number = schema._default(schema.number(), 0);
const order = schema._default(orderSchema, 'unknown');

/** A second reading of a sorted list, from the newest end down. It may take several polls. */
const sweepSchema = schema.object({
  edge: number, // Everything from this position up has been read.
  sought: number, // How many contacts the count says are there; 0 where the sweep only makes sure.
});
export type Sweep = schema.infer<typeof sweepSchema>;

/** A reading of a whole unsorted list, from the first page on. It may take several polls. */
const turnSchema = schema.object({
  edge: number, // Everything before this position has been read.
  order, // The order that it has shown so far.
});

/** What is remembered of the contacts that match one value. */
export const listSchema = schema.object({
  order,
  size: schema._default(schema.number(), 1), // Contacts a page.
  seen: number, // Everything below this position has been dealt with. Also the total that is assumed until a page is read.
  count: number, // How many contacts are accounted for: found, or taken for older ones. Without an order, the last total.
  newest: number, // When the newest contact was created, in Unix seconds.
  swept: number, // When the last sweep or turn ended, in Unix seconds; 0 where the list was never read.
  sweep: schema._default(schema.nullable(sweepSchema), null),
  turn: schema._default(schema.nullable(turnSchema), null),
  known: schema._default(schema.string(), ''), // Fingerprints of what was dealt with last, the newest at the end.
});
export type ListState = schema.infer<typeof listSchema>;

/** When the Zap was switched on. It is kept twice, because without it an old contact could fire. */
export const startSchema = schema.object({
  since: schema.number(), // In Unix seconds of the server's clock.
  isAhead: schema.boolean(), // Whether created_at was seen ahead of that clock.
});
export type Start = schema.infer<typeof startSchema>;

/** What is remembered of a Zap. */
export const stateSchema = schema.extend(startSchema, {
  first: schema.number(), // The list that the next poll begins with.
  lists: schema.array(listSchema), // One a watched value, in the order of the values.
});
export type State = schema.infer<typeof stateSchema>;
