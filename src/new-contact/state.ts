import * as schema from 'zod/mini';
import { DAY } from '../polling/durations.ts';
import { orderSchema } from '../polling/order.ts';

/** Seconds after its creation within which a contact may start to match and is still certain to be found. */
export const LATE_WINDOW = DAY;

/** Contacts that are remembered, and that an hourly check reads again. If there are more a day, a check takes several hours. */
export const CONTACTS_A_DAY = 2_000;

const number = schema._default(schema.number(), 0);
const order = schema._default(orderSchema, 'unknown');

/** A second reading of a sorted list, from the newest end down. It may take several polls. */
const sweepSchema = schema.object({
  edge: number, // Everything from this position up has been read.
  began: number, // In Unix seconds. Contacts that started to match after this may stand above the edge.
  sought: number, // How many contacts the total counts that have not been found.
  rest: number, // The position at which the hourly check pauses until the next hour.
  isContinued: schema._default(schema.boolean(), false), // True if the check takes more than an hour.
});
export type Sweep = schema.infer<typeof sweepSchema>;
const sweep = schema._default(schema.nullable(sweepSchema), null);

/** A reading of a whole unsorted list, from the first page on. It may take several polls. */
const turnSchema = schema.object({
  edge: number, // Everything before this position has been read.
  began: number, // When the reading began, in Unix seconds.
  total: number, // How many contacts the list had when the reading began.
  order, // The order that it has shown so far.
});
export type Turn = schema.infer<typeof turnSchema>;

/** The memory of one list: the contacts that match one value. */
export const listSchema = schema.object({
  order,
  size: schema._default(schema.number(), 1), // Contacts per page.
  seen: number, // Everything below this position has been dealt with. Also the total that is assumed until a page is read.
  accounted: number, // Contacts that are accounted for: found, or taken for older ones. Without an order, the last total.
  newest: number, // When the newest contact was created, in Unix seconds.
  checked: number, // When the last hourly check, or its last part, began, in Unix seconds; 0 if the list was never read.
  lateFrom: number, // In Unix seconds. Contacts created before this were found, unless they matched too late.
  lateFromBefore: number, // What `lateFrom` was before the last check.
  isBurst: schema._default(schema.boolean(), false), // True while new contacts are being read over several polls.
  search: sweep, // The sweep for late matches that the total counts.
  check: sweep, // The hourly sweep for late matches that deletions hide in the total.
  turn: schema._default(schema.nullable(turnSchema), null),
  fingerprints: schema._default(schema.string(), ''), // Of the contacts dealt with last, the newest at the end.
});
export type ListState = schema.infer<typeof listSchema>;

/** When the Zap was switched on. It is saved twice, because without it an old contact could start the Zap. */
export const startSchema = schema.object({
  since: schema.number(), // In Unix seconds of the server's clock.
  lead: schema.number(), // Seconds by which that clock was ahead of the local one at switch-on.
  isAhead: schema.boolean(), // True if created_at was seen ahead of the server's clock.
});
export type Start = schema.infer<typeof startSchema>;

/** The memory of a Zap. */
export const stateSchema = schema.extend(startSchema, {
  first: schema.number(), // The list that the next poll begins with.
  lists: schema.array(listSchema), // One for each watched value, in the order of the values.
});
export type State = schema.infer<typeof stateSchema>;
