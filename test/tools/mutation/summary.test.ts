import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { equivalents } from '../../../tools/mutation/equivalents.ts';
import { summarize } from '../../../tools/mutation/summary.ts';

const source = 'const a = 1;\nconst b = a > 0 ? "x" : "y";\n';
const mutant = (status: string, columns: [number, number], replacement: string) => ({
  status,
  replacement,
  location: { start: { line: 2, column: columns[0] }, end: { line: 2, column: columns[1] } },
});
const report = {
  files: {
    'src/a.ts': {
      source,
      mutants: [
        mutant('Killed', [11, 16], 'true'),
        mutant('Timeout', [11, 16], 'false'),
        mutant('Survived', [11, 16], 'a >= 0'),
        mutant('NoCoverage', [19, 22], '""'),
        mutant('RuntimeError', [25, 28], 'z'),
        mutant('Ignored', [25, 28], '""'),
      ],
    },
    'src/types.ts': { source: '', mutants: [] },
  },
};

describe('the summary of a report of mutation testing', () => {
  it('counts what tests caught, and lists what they missed with the code and what stood in its place', () => {
    expect(summarize(report, [])).toEqual({
      table: [
        '| File       | Faults | Caught | Equivalent |',
        '|------------|--------|--------|------------|',
        '| `src/a.ts` | 5      | 2      | 0          |',
        '| all        | 5      | 2      | 0          |',
      ].join('\n'),
      survivors: ['src/a.ts:2  a > 0  →  a >= 0', 'src/a.ts:2  "x"  →  ""', 'src/a.ts:2  "y"  →  z'],
      score: 40,
    });
  });

  it('leaves out a fault that nobody can see: in this file, in this line, with this replacement', () => {
    const same = {
      file: 'src/a.ts',
      line: 'const b = a > 0 ? "x" : "y";',
      replacement: 'a >= 0',
      reason: 'a is 1',
    };
    const others = [{ file: 'src/b.ts' }, { line: 'a > 0' }, { replacement: 'a < 0' }];
    expect(summarize(report, [same])).toMatchObject({
      score: 50,
      survivors: [expect.anything(), expect.anything()],
    });
    for (const other of others) expect(summarize(report, [{ ...same, ...other }]).score).toBe(40);
  });
});

it('the line of each equivalent fault still stands in its file, and a reason beside it', () => {
  for (const { file, line, reason } of equivalents) {
    expect(readFileSync(file, 'utf8')).toContain(line);
    expect(reason).toMatch(/\w/);
  }
});
