import Sequencer from '@jest/test-sequencer';
import { longestTests } from '../../jest.config.ts';

function rank({ path }) {
  const index = longestTests.findIndex((pattern) => path.includes(pattern));
  return index === -1 ? longestTests.length : index;
}

/**
 * Runs the slowest test files first, so that both workers end at about the same time. In a fresh clone, Jest would go by
 * file size, and the slow files are small.
 */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).toSorted((a, b) => rank(a) - rank(b));
  }
}
