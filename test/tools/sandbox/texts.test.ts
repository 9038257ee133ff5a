import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Texts } from '../../../tools/sandbox/texts.ts';

interface Entry {
  time: number;
  number: number;
  text: string;
}

/** What a search must find: every text looked at, newest first. */
const scan = (entries: readonly Entry[], wanted: string) =>
  entries
    .filter(({ text }) => text.includes(wanted))
    .toSorted((a, b) => b.time - a.time || b.number - a.number)
    .map(({ number }) => number);

const search = (texts: Texts, wanted: string) => [...texts.search(wanted)].flat();

test('searches agree with a plain scan, in whatever order contacts come and go', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\n', '🎉'), maxLength: 5 });
  const write = fc.record({ time: fc.nat(5), text, removes: fc.boolean(), place: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), text, (writes, wanted) => {
      const texts = new Texts();
      let entries: Entry[] = [];
      for (const [number, { time, text, removes, place }] of writes.entries()) {
        const old = entries[place];
        if (removes && old) {
          texts.remove(old.time, old.number);
          entries = entries.filter((entry) => entry !== old);
        } else {
          texts.add(time, number, text);
          entries = [...entries, { time, number, text }];
        }
        expect(search(texts, wanted)).toEqual(scan(entries, wanted));
      }
    }),
  );
});

test.each([
  ['as they are created', (number: number) => number],
  ['newest first', (number: number) => 10_000 - number],
  ['in no order', (number: number) => (number * 7919) % 5003],
])('so they do of five thousand that come %s, of which every third goes', (_, timeOf) => {
  const texts = new Texts();
  let entries = Array.from({ length: 5000 }, (_, number) => ({
    time: timeOf(number),
    number,
    text: `contact ${number}`,
  }));
  for (const { time, number, text } of entries) texts.add(time, number, text);
  for (const { time, number } of entries) if (number % 3 === 0) texts.remove(time, number);
  entries = entries.filter(({ number }) => number % 3 !== 0);
  for (const wanted of ['contact', '77', 'contact 4999', 'nobody', '']) {
    expect(search(texts, wanted)).toEqual(scan(entries, wanted));
  }
});
