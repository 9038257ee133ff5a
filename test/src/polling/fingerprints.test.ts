import { expect, it } from '@jest/globals';
import { Fingerprints } from '../../../src/polling/fingerprints.ts';

const item = (id: string, createdAt: number) => ({ contact: { id }, createdAt });

it('remembers the contacts that were added last, six characters each, and of those the newest', () => {
  const first = new Fingerprints('', 3);
  first.addAll([item('new', 30), item('old', 10), item('middle', 20)]);
  expect(first.text).toMatch(/^[\w-]{18}$/);
  expect(first.isFull).toBe(true);

  const second = new Fingerprints(first.text, 3);
  expect(['old', 'middle', 'new', 'other'].map((id) => second.has(id))).toEqual([true, true, true, false]);
  second.add('late', 5);
  const third = new Fingerprints(second.text, 3);
  expect(['old', 'middle', 'new', 'late'].map((id) => third.has(id))).toEqual([false, true, true, true]);
});

it('adds a contact once', () => {
  const known = new Fingerprints('', 3);
  expect(known.isFull).toBe(false);
  expect([known.add('a', 1), known.add('a', 1), known.add('b', 2)]).toEqual([true, false, true]);
  const later = new Fingerprints(known.text, 3);
  expect(later.isFull).toBe(false);
  expect([later.add('a', 1), later.add('c', 3)]).toEqual([false, true]);
  expect(later.isFull).toBe(true);
  expect(later.text).toHaveLength(18);
});
