import Sequencer from '@jest/test-sequencer';

/** The files that take longest, as patterns of their paths. */
const longest = [
  /\/test\/tools\/faults\/matrix/,
  /\/test\/tools\/console\/browser-/,
  /\/test\/product\/hostile\//,
  /\/test\/product\/token\/leaks/,
];

function rank({ path }) {
  const index = longest.findIndex((pattern) => pattern.test(path));
  return index === -1 ? longest.length : index;
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
