import { type Order, SLACK } from './state.ts';

/** Pairs that must agree before an order is believed: ten contacts in order by chance are one in 3.6 million. */
const ENOUGH_PAIRS = 45;

/** Whether one of these times is lower than one before it, by more than clocks differ. */
export function falls(times: number[]): boolean {
  let highest = Number.NEGATIVE_INFINITY;
  return times.some((time) => {
    highest = Math.max(highest, time);
    return time < highest - SLACK;
  });
}

const risingPairs = (times: number[]): number =>
  times.reduce(
    (pairs, time, index) => pairs + times.slice(0, index).filter((other) => other < time).length,
    0,
  );

/** The order that a list shows by when its contacts were created, from the first page on; undefined where that is too little to tell. */
export function judgeOrder(times: number[]): Order | undefined {
  const turned = times.toReversed();
  if (falls(times) && falls(turned)) return 'none';
  const [rising, falling] = [risingPairs(times), risingPairs(turned)];
  if (rising >= ENOUGH_PAIRS && falling < rising / 10) return 'oldest first';
  if (falling >= ENOUGH_PAIRS && rising < falling / 10) return 'newest first';
  return undefined;
}
