import { matrixFaults } from '../sandbox/fault-catalogue.ts';
import { showProgress } from '../scripts/progress.ts';
import { type Cell, learnRightAnswer, runCell } from './cell.ts';
import type { TestBed } from './test-bed.ts';

/** Runs every scenario with every fault. */
export async function runMatrix(testBed: TestBed): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [n, scenario] of testBed.scenarios.entries()) {
    showProgress('Operations that met every fault', n + 1, testBed.scenarios.length);
    const rightAnswer = await learnRightAnswer(testBed, scenario);
    for (const fault of matrixFaults) {
      cells.push(await runCell(testBed, scenario, fault, rightAnswer));
    }
  }
  return cells;
}
