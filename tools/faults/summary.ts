import { count } from '../../src/failures/wording.ts';
import type { Cell } from './cell.ts';

/** What the user is told, without what differs from run to run. */
function outcomeOf({ failure, requests }: Cell): string {
  const made = count(requests.length, 'request');
  if (!failure) return `${made}, done`;
  const sentence = failure.sentence
    .replaceAll(/"cus_\d+"/g, '"cus_…"')
    .replace(/about (?:6\d|7[0-4]) seconds/, 'about 60 to 74 seconds');
  return `${made}, ${failure.kind}: ${sentence}`;
}

/** The outcomes of one fault, each with its scenarios; the most frequent one comes last. */
function outcomesOf(cells: Cell[]): string {
  const outcomes = [...Map.groupBy(cells, outcomeOf)].sort(([, a], [, b]) => a.length - b.length);
  const lines = outcomes.map(([outcome, of], place) => {
    const isMostFrequent = place === outcomes.length - 1 && of.length > 4;
    const names = of.map(({ scenario }) => scenario.name).join(' · ');
    return `  ${outcome}\n    → ${isMostFrequent ? `the ${of.length} others` : names}`;
  });
  return lines.join('\n');
}

/** The matrix as a text: every fault with its outcomes; faults with the same outcomes stand together. */
export function summarize(cells: Cell[]): string {
  const faults = [...Map.groupBy(cells, ({ fault }) => fault)].map(([fault, of]) => ({
    fault,
    outcomes: outcomesOf(of),
  }));
  return [...Map.groupBy(faults, ({ outcomes }) => outcomes)]
    .map(([outcomes, alike]) => `${alike.map(({ fault }) => fault).join(' | ')}\n${outcomes}`)
    .join('\n\n');
}
