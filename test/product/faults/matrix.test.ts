import { afterAll, expect, it } from '@jest/globals';
import { matrixFaults, wrongType } from '../../../tools/sandbox/fault-catalogue.ts';
import { loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { skipWaits } from '../../support/waits.ts';
import { type Cell, startBed } from './bed.ts';
import { brokenRules } from './rules.ts';
import { collectScenarios } from './scenarios.ts';
import { placesOf, replaceAt, wrongValues } from './wrong-types.ts';

const integration = await loadBuiltIntegration();
const bed = await startBed(integration);
const scenarios = collectScenarios(integration);
afterAll(() => bed.close());

const broken = (cells: Cell[]) =>
  cells.flatMap((cell) =>
    brokenRules(cell).map(
      (rule) => `${cell.scenario.name} × ${cell.fault}: ${rule} ${cell.failure?.sentence}`,
    ),
  );

/** Returns the user's sentences, each after its error class. IDs and times are replaced, so the snapshot stays stable. */
function sentencesOf({ failure, fault }: Cell): string[] {
  if (!failure) return ['It succeeds.'];
  const [status = ''] = /\b[1-5]\d\d\b/.exec(fault) ?? [];
  return failure.sentence
    .replaceAll(/"(?:cus_\d+|1776025372480910)"/g, '"ID"')
    .replace(/about (?:6\d|7[0-4]) seconds/, 'about 60 to 74 seconds')
    .replace(`(status ${status})`, '(status N)')
    .replace(`told to answer ${status}"`, 'told to answer N"')
    .split(/(?<=\.) (?=[A-Z]|app\.)/)
    .map((sentence) => `${failure.kind}: ${sentence}`);
}

/**
 * Returns a readable snapshot: the numbered sentences, then each operation's faults with the numbers of their sentences.
 * Operations with equal results share a line. Faults with equal results everywhere form a group, named after its first.
 */
function describeCells(cells: Cell[]): string {
  const sentences = [...new Set(cells.flatMap(sentencesOf))];
  const numbers = (cell: Cell) =>
    sentencesOf(cell)
      .map((sentence) => sentences.indexOf(sentence) + 1)
      .join(' ');
  const toldAlike = Map.groupBy(
    Map.groupBy(cells, ({ fault }) => fault),
    ([, of]) => of.map(numbers).join(),
  );
  const groups = [...toldAlike.values()].map((group) => group.map(([fault]) => fault));
  const short = ([first = '', ...others]: string[]) =>
    others.length > 0 ? `${first} (+${others.length})` : first;
  const names = new Map(groups.map((group) => [group[0], short(group)]));
  const told = [...Map.groupBy(cells, ({ scenario }) => scenario.name)].map(([operation, of]) => {
    const named = of.filter(({ fault }) => names.has(fault));
    const parts = [...Map.groupBy(named, numbers)].map(
      ([said, all]) => `${all.map(({ fault }) => names.get(fault)).join(', ')}: ${said}`,
    );
    return { operation, line: parts.join(' | ') };
  });
  const rows = [...Map.groupBy(told, ({ line }) => line)].map(
    ([line, of]) => `${of.map(({ operation }) => operation).join(' · ')} | ${line}`,
  );
  return [
    ...sentences.map((sentence, index) => `${index + 1} ${sentence}`),
    '',
    ...groups.filter(({ length }) => length > 1).map((group) => `${short(group)} = ${group.join(', ')}`),
    '',
    ...rows,
  ].join('\n');
}

it('every request of every operation meets every fault: no rule is broken, and the user reads these sentences', async () => {
  skipWaits();
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    const rightAnswer = await bed.learnRightAnswer(scenario);
    for (const fault of matrixFaults) cells.push(await bed.meet(scenario, fault, rightAnswer));
  }
  expect(cells.length).toBeGreaterThan(2000);
  expect(broken(cells)).toEqual([]);
  expect(describeCells(cells)).toMatchSnapshot();
});

// API Request is left out because it accepts any answer.
const parsing = scenarios.filter((each) => each.place !== 'creates.api_request');

it('every value of every answer has another type: no rule is broken, and these are taken', async () => {
  skipWaits();
  const cells: Cell[] = [];
  const taken = new Map<string, string[]>();
  for (const scenario of parsing) {
    const rightAnswer = await bed.learnRightAnswer(scenario);
    for (const place of placesOf(JSON.parse(rightAnswer))) {
      const values: string[] = [];
      for (const value of wrongValues) {
        const cell = await bed.meet(scenario, wrongType(replaceAt(rightAnswer, place, value)), rightAnswer);
        cells.push(cell);
        if (!cell.failure) values.push(value);
      }
      const line = `${place.join('.') || 'the whole answer'}: ${values.join(' ') || 'nothing else'}`;
      taken.set(line, [...(taken.get(line) ?? []), scenario.name]);
    }
  }
  expect(cells.length).toBeGreaterThan(1000);
  expect(broken(cells)).toEqual([]);
  expect([...taken].map(([line, names]) => `${line} | ${names.join(', ')}`).join('\n')).toMatchSnapshot();
});
