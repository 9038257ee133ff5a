import { expect, it } from '@jest/globals';
import { falls, judgeOrder } from '../../../src/polling/order.ts';

// The order of a list is judged by its times of creation. Servers note them a moment late, so a few swaps are forgiven.
const rising = Array.from({ length: 10 }, (_, index) => index * 10);
/** Returns eleven times, which make 55 pairs. In `pairs` of them, two neighbours are in the wrong order by a second. */
const swapped = (pairs: number) =>
  Array.from({ length: 11 }, (_, index) => (index < 2 * pairs ? index + (index % 2 === 0 ? 1 : -1) : index));

it('times fall if one is lower than one before it by more than five seconds', () => {
  expect(falls([])).toBe(false);
  expect(falls([1, 8, 9, 4])).toBe(false);
  expect(falls([1, 9, 5, 3])).toBe(true);
});

it.each([
  ['of ten contacts by age', rising, 'oldest first', 'newest first'],
  ['of nine', rising.slice(1), 'unknown', 'unknown'],
  ['of ten, two of one second', [0, ...rising.slice(0, 9)], 'unknown', 'unknown'],
  ['in which one pair in ten is wrong', swapped(4), 'oldest first', 'newest first'],
  ['in which more are', swapped(5), 'unknown', 'unknown'],
  ['by something else', [0, 90, 10, 80, 20, 70], 'none', 'none'],
  ['of ten of one second', rising.map(() => 7), 'unknown', 'unknown'],
  ['of nobody', [], 'unknown', 'unknown'],
])('the order of a list %s', (_, times, order, reversed) => {
  expect(judgeOrder(times)).toBe(order);
  expect(judgeOrder(times.toReversed())).toBe(reversed);
});
