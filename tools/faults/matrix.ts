import { catalogue } from './catalogue.ts';
import { type Cell, learnTruth, runCell } from './cell.ts';
import type { Laboratory } from './laboratory.ts';
import { fresh, scenarios } from './scenarios.ts';

/** Lets every request of every operation meet every fault. */
export async function runMatrix(laboratory: Laboratory): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    const truth = await learnTruth(laboratory, fresh(scenario));
    for (const fault of catalogue) {
      cells.push(await runCell(laboratory, fresh(scenario), fault, truth));
    }
  }
  return cells;
}
