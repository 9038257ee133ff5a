import * as schema from 'zod';
import { type Row, table } from '../bench/table.ts';
import type { Equivalent } from './equivalents.ts';

const position = schema.object({ line: schema.int(), column: schema.int() });
/** The part that is read here of https://github.com/stryker-mutator/mutation-testing-elements, its schema of reports. */
const reportSchema = schema.object({
  files: schema.record(
    schema.string(),
    schema.object({
      source: schema.string(),
      mutants: schema.array(
        schema.object({
          status: schema.string(),
          replacement: schema.string().default(''),
          location: schema.object({ start: position, end: position }),
        }),
      ),
    }),
  ),
});

/** The least part, in percent, of the faults that change something which tests must catch. */
export const leastScore = 95;

/** The text between two positions: lines and columns count from 1, and the end is not part of it. */
function textAt(
  source: string,
  { start, end }: { start: { line: number; column: number }; end: typeof start },
) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  return lines.join('\n').slice(start.column - 1);
}

/**
 * What a report of Stryker says: a Markdown table of files, the faults that no test caught, and how many in a hundred of
 * those that change something were caught. Equivalent ones are left out of the count.
 */
export function summarize(report: unknown, equivalents: Equivalent[]) {
  const survivors: string[] = [];
  const rows: Row[] = [];
  const total = { faults: 0, caught: 0, equivalent: 0 };
  for (const [file, { source, mutants }] of Object.entries(reportSchema.parse(report).files)) {
    const judged = mutants.filter(({ status }) => status !== 'Ignored');
    const missed = judged.filter(({ status }) => !/^(?:Killed|Timeout)$/.test(status));
    const open = missed.filter(({ location, replacement }) => {
      const line = source.split('\n')[location.start.line - 1]?.trim();
      return !equivalents.some(
        (each) => each.file === file && each.line === line && each.replacement === replacement,
      );
    });
    for (const { location, replacement } of open) {
      survivors.push(`${file}:${location.start.line}  ${textAt(source, location)}  →  ${replacement}`);
    }
    const equivalent = missed.length - open.length;
    const faults = judged.length - equivalent;
    const caught = faults - open.length;
    if (judged.length > 0)
      rows.push({ File: `\`${file}\``, Faults: faults, Caught: caught, Equivalent: equivalent });
    total.faults += faults;
    total.caught += caught;
    total.equivalent += equivalent;
  }
  rows.push({ File: 'all', Faults: total.faults, Caught: total.caught, Equivalent: total.equivalent });
  return { table: table(rows), survivors, score: (100 * total.caught) / Math.max(1, total.faults) };
}
