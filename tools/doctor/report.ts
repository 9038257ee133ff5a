import { wrap } from '../scripts/wrap.ts';
import type { Finding, Unasked } from './finding.ts';

/** The doctor's findings, and the questions that it could not ask. */
export interface Diagnosis {
  findings: Finding[];
  unasked: Unasked[];
}

const marks = { good: '✓', note: 'i', bad: '✗', open: '?' };
const labelWidth = 10;

/** A heading and labelled paragraphs under it, within 80 columns. */
function block(heading: string, paragraphs: Record<string, string>): string {
  const [first, ...others] = wrap(heading, 78);
  const lines = Object.entries(paragraphs).flatMap(([label, text]) =>
    wrap(text, 76 - labelWidth).map((line, n) => `    ${(n === 0 ? label : '').padEnd(labelWidth)}${line}`),
  );
  return [first, ...others.map((line) => `  ${line}`), ...lines].join('\n');
}

function findingBlock(finding: Finding): string {
  const { verdict, question, expected, found, means } = finding;
  return block(`${marks[verdict]} ${question}`, {
    Found: found,
    ...(verdict !== 'good' && { Expected: expected }),
    Meaning: means,
    ...('next' in finding && { Next: finding.next }),
  });
}

function unaskedBlock({ questions, because, next }: Unasked): string {
  return block(`? Not asked: ${questions.join(' ')}`, { Because: because, Next: next });
}

/** True if nothing bad was found and most questions are answered. */
export function isFine({ findings, unasked }: Diagnosis): boolean {
  const open = findings.filter(({ verdict }) => verdict === 'open').length;
  const missing = unasked.flatMap(({ questions }) => questions).length + open;
  const answered = findings.length - open;
  return findings.every(({ verdict }) => verdict !== 'bad') && missing <= answered;
}

/** Sums the report up in one or two sentences. */
function conclusion(diagnosis: Diagnosis): string {
  const { findings, unasked } = diagnosis;
  const bad = findings.filter(({ verdict }) => verdict === 'bad').length;
  const missing = unasked.flatMap(({ questions }) => questions).length;
  const total = findings.length + missing;
  const gaps = missing === 0 ? '' : ` ${missing} of ${total} questions could not be asked.`;
  if (isFine(diagnosis)) return `✓ Nothing that was found would break Zaps.${gaps}`;
  if (bad > 0)
    return `✗ ${bad} of ${findings.length} findings would break Zaps; "Next" says what to do.${gaps}`;
  const reasons = unasked.map(({ because }) => because).join('; ');
  return `✗ ${missing} of ${total} questions could not be asked: ${reasons}. So this does not show that the channel is fine.`;
}

/** The whole report for a terminal of 80 columns. */
export function report(diagnosis: Diagnosis): string {
  const { findings, unasked } = diagnosis;
  const blocks = [...findings.map(findingBlock), ...unasked.map(unaskedBlock)];
  return [...blocks, wrap(conclusion(diagnosis), 80).join('\n')].join('\n\n');
}
