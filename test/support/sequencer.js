import Sequencer from '@jest/test-sequencer';
import { longestTests } from '../../jest.config.ts';

function rank({ path }) {
  const index = longestTests.findIndex((pattern) => path.includes(pattern));
  return index === -1 ? longestTests.length : index;
}

/**
 * Begins with the files that take longest, so that both workers end at about the same time. Jest itself knows how long a
 * file took, but not in a fresh clone: there it goes by the size of the files, and the slow ones are small.
 */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).toSorted((a, b) => rank(a) - rank(b));
  }
}
