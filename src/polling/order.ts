import * as schema from 'zod/mini';

/** How the API sorts a list: `none` if not by creation, `unknown` if too little was seen. */
export const orderSchema = schema.enum(['oldest first', 'newest first', 'none', 'unknown']);
export type Order = schema.infer<typeof orderSchema>;
export const isByAge = (order: Order): boolean => order === 'newest first' || order === 'oldest first';
/** Seconds by which neighbours may stand in the wrong order: servers number a contact and note the time at two moments. */
export const SLACK = 5;
/** Pairs that must agree before an order is believed: ten contacts in order by chance are one in 3.6 million. */
const ENOUGH_PAIRS = 45;

/** True if one of these times is lower than one before it. */
export function falls(times: number[]): boolean {
  let highest = Number.NEGATIVE_INFINITY;
  return times.some((time) => {
    highest = Math.max(highest, time);
    return time < highest - SLACK;
  });
}

const rising = (times: number[]): number =>
  times.flatMap((time, index) => times.slice(0, index).filter((other) => other < time)).length;

/** Returns the order of a list whose contacts, from the first page on, were created at these times. */
export function judgeOrder(times: number[]): Order {
  const reversed = times.toReversed();
  if (falls(times) && falls(reversed)) return 'none';
  const [up, down] = [rising(times), rising(reversed)];
  if (up >= ENOUGH_PAIRS && down < up / 10) return 'oldest first';
  return down >= ENOUGH_PAIRS && up < down / 10 ? 'newest first' : 'unknown';
}
