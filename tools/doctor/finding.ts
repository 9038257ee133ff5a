/** An answer to one of the doctor's questions. */
export interface Finding {
  question: string;
  expected: string;
  found: string;
  /** What it means for the owner's Zaps. */
  means: string;
  /** `good`: as expected. `note`: worth knowing. `bad`: it would break Zaps. `open`: could not be found out. */
  verdict: 'good' | 'note' | 'bad' | 'open';
}

/** A finding that is either good or bad, with what each means. */
export function judge(
  isGood: boolean,
  { good, bad, ...finding }: Pick<Finding, 'question' | 'expected' | 'found'> & { good: string; bad: string },
): Finding {
  return { ...finding, means: isGood ? good : bad, verdict: isGood ? 'good' : 'bad' };
}

const marks = { good: '✓', note: 'i', bad: '✗', open: '?' };
const widths = [24, 26, 38, 48];

/** A text in lines of at most so many characters, broken between words. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

function row(cells: string[]): string {
  const columns = cells.map((cell, n) => wrap(cell, widths[n] ?? 20));
  const height = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, n) => (column[line] ?? '').padEnd(widths[n] ?? 20))
      .join(' │ ')
      .trimEnd(),
  ).join('\n');
}

/** The findings as a table for a terminal. */
export function table(findings: Finding[]): string {
  const line = widths.map((width) => '─'.repeat(width)).join('─┼─');
  const rows = findings.map(({ verdict, question, expected, found, means }) =>
    row([`${marks[verdict]} ${question}`, expected, found, means]),
  );
  return [row(['  Question', 'Expected', 'Found', 'What it means for your Zaps']), ...rows].join(
    `\n${line}\n`,
  );
}
