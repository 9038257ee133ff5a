import { expect, it } from '@jest/globals';
import { cases } from '../../../tools/bench/bounds/cases.ts';
import { bounds, measure, measureEmpty } from '../../../tools/bench/bounds/measure.ts';

it('takes little more memory than an empty integration, for the largest text and for an answer of 25 MB', async () => {
  const names = [
    'send_message: text',
    'api_request: a 25 MB answer',
    'new_contact: a 25 MB answer, gzipped to 25 kB',
  ];
  const empty = await measureEmpty();
  const measured = await measure(cases.filter(({ name }) => names.includes(name)));
  expect(measured.map(({ outcome }) => outcome)).toEqual(['refused', 'too_large', 'too_large']);
  for (const { megabytes } of measured) {
    expect(megabytes - empty.megabytes).toBeLessThan(bounds.megabytes);
  }
});
