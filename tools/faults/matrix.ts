import { matrixFaults } from '../sandbox/fault-catalogue.ts';
import { type Cell, learnRightAnswer, runCell } from './cell.ts';
import type { TestBed } from './test-bed.ts';

/** Runs every scenario with every fault. */
export async function runMatrix(testBed: TestBed): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const scenario of testBed.scenarios) {
    const rightAnswer = await learnRightAnswer(testBed, scenario);
    for (const fault of matrixFaults) {
      cells.push(await runCell(testBed, scenario, fault, rightAnswer));
    }
  }
  return cells;
}
