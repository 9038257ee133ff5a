import { describe, expect, it } from '@jest/globals';
import { obstacle } from '../../../tools/scripts/release-check.ts';

const printed = (failed: number, tasks: number) =>
  `    - 31 checks passed\n    - ${failed} checks failed\n    - ${tasks} checks with publishing warning\n    - 2 checks with general warning\n`;

describe('npm run release-check', () => {
  it('lets a release pass that has only general warnings', () => {
    expect(obstacle(printed(0, 0), 0)).toBeUndefined();
  });

  it.each([
    [printed(1, 0), 0, 'Zapier lists 1 failures and 0 publishing tasks. Each is named above.'],
    [printed(0, 12), 0, 'Zapier lists 0 failures and 12 publishing tasks. Each is named above.'],
    ['', 0, 'The checks did not run to their end. Log in with `npx zapier-platform login` and try again.'],
    [
      printed(0, 0),
      2,
      'The checks did not run to their end. Log in with `npx zapier-platform login` and try again.',
    ],
  ])('stops it otherwise, though the exit code may say success', (output, exitCode, reason) => {
    expect(obstacle(output, exitCode)).toBe(reason);
  });
});
