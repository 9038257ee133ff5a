import { wrongType } from '../sandbox/fault-catalogue.ts';
import { showProgress } from '../scripts/progress.ts';
import { type Cell, learnRightAnswer, runCell } from './cell.ts';
import type { TestBed } from './test-bed.ts';

/** Values of other types, as JSON. */
const wrongValues = ['null', '7', '-1.5', '1e400', '"text"', '""', 'true', '[]', '[null]', '{}', '{"0":"a"}'];

/** Places of an answer that an operation may look at: one of each list, one custom field, the counts of `meta`. */
function placesOf(value: unknown, place: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [place];
  const keys = Object.keys(value).filter(
    (key, n) =>
      !(Array.isArray(value) || place.at(-1) === 'custom_fields' ? n > 0 : false) &&
      !['links', 'current_page', 'from', 'to', 'path'].includes(key),
  );
  return [place, ...keys.flatMap((key) => placesOf(Reflect.get(value, key), [...place, key]))];
}

/** The answer with another value in one place. */
function replaceAt(rightAnswer: string, place: string[], json: string): string {
  const marker = '\u0000here\u0000';
  const walk = (value: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return marker;
    const copy = Array.isArray(value) ? [...value] : { ...Object(value) };
    Reflect.set(copy, key, walk(Reflect.get(Object(value), key), rest));
    return copy;
  };
  return JSON.stringify(walk(JSON.parse(rightAnswer), place)).replace(JSON.stringify(marker), json);
}

/** A cell whose answer held one wrong value, and what the operation made of it. */
export interface WrongTypeCell extends Cell {
  place: string;
  value: string;
}

/**
 * Runs scenarios with every wrong type in each field of the answer: all but those of API Request, which gives any answer
 * as it is, and of the further requests of a large input, whose answers the same code reads as that of the first one.
 */
export async function runWrongTypes(testBed: TestBed): Promise<WrongTypeCell[]> {
  const cells: WrongTypeCell[] = [];
  const scenarios = testBed.scenarios.filter(
    ({ place, isForLargeInput }) => place !== 'creates.api_request' && !isForLargeInput,
  );
  for (const [n, scenario] of scenarios.entries()) {
    showProgress('Operations that met every wrong type', n + 1, scenarios.length);
    const rightAnswer = await learnRightAnswer(testBed, scenario);
    for (const place of placesOf(JSON.parse(rightAnswer))) {
      for (const value of wrongValues) {
        const fault = wrongType(replaceAt(rightAnswer, place, value));
        const cell = await runCell(testBed, scenario, fault, rightAnswer);
        cells.push({ ...cell, place: place.join('.') || 'the whole answer', value });
      }
    }
  }
  return cells;
}

/** Which wrong values are taken in which places of an answer, and where, as a text: all others are refused. */
export function summarizeWrongTypes(cells: WrongTypeCell[]): string {
  const taken = [...Map.groupBy(cells, ({ scenario, place }) => `${scenario.name}, ${place}`).values()].map(
    ([first, ...others]) => {
      const values = [first, ...others].flatMap((cell) => (cell && !cell.failure ? cell.value : []));
      return { place: first?.place, name: first?.scenario.name, values: values.join(' ') || 'nothing else' };
    },
  );
  const lines = [...Map.groupBy(taken, ({ place, values }) => `${place}: ${values}`)].map(([line, of]) => ({
    line,
    names: of.map(({ name }) => name).join(' · '),
  }));
  return [...Map.groupBy(lines, ({ names }) => names)]
    .map(([names, of]) => `${names}\n${of.map(({ line }) => `  ${line}`).join('\n')}`)
    .join('\n');
}
