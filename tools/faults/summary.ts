import type { Row } from '../bench/table.ts';
import type { Cell } from './cell.ts';

/** One cell's outcome as lines: each sentence that the user is told, after the class of an error that is no AppError. */
function linesOf({ failure, fault }: Cell): string[] {
  if (!failure) return ['It succeeds.'];
  const [status = ''] = /\b[1-5]\d\d\b/.exec(fault) ?? [];
  const told = failure.sentence
    .replaceAll(/"(?:cus_\d+|1776025372480910)"/g, '"ID"')
    .replace(/about (?:6\d|7[0-4]) seconds/, 'about 60 to 74 seconds')
    .replace(`(status ${status})`, '(status N)')
    .replace(`told to answer ${status}"`, 'told to answer N"');
  const kind = failure.kind === 'AppError' ? [] : [failure.kind];
  return [...kind, ...told.split(/(?<=\.) (?=[A-Z]|app\.)/)];
}

const faultOf = ({ fault }: Cell) => fault;
const scenarioOf = ({ scenario }: Cell) => scenario.name;

/** Groups names whose cells are alike wherever they meet the others; a group goes by its first name. */
function groupAlike(cells: Cell[], nameOf: (cell: Cell) => string, otherOf: (cell: Cell) => string) {
  const outcomes = [...Map.groupBy(cells, nameOf)].map(([name, of]) => ({
    name,
    alike: of.map((cell) => `${otherOf(cell)}: ${linesOf(cell).join(' ')}`).join('\n'),
  }));
  return [...Map.groupBy(outcomes, ({ alike }) => alike).values()].map((group) =>
    group.map(({ name }) => name),
  );
}

const shortName = ([first = '', ...others]: string[]) =>
  others.length > 0 ? `${first} (+${others.length})` : first;

/** A set of names that has a name of its own. */
type KnownSet = [name: string, names: string[]];

/** Some names in few words: by a known set, without those that are missing where these are fewer. */
function describe(names: string[], known: KnownSet[]): string {
  for (const [name, set] of known) {
    const missing = set.filter((one) => !names.includes(one));
    const isWithin = names.every((one) => set.includes(one));
    if (isWithin && missing.length === 0) return name;
    if (isWithin && missing.length < names.length / 2) return `${name} but ${missing.join(' · ')}`;
  }
  return names.join(' · ');
}

/** Where a sentence is met: faults, and requests that meet them. */
interface Place {
  fault: string;
  scenario: string;
}

/** Places in few words: faults that the same requests meet stand together. */
function describePlaces(places: Place[], faults: KnownSet[], scenarios: KnownSet[]): string {
  const byFault = [...Map.groupBy(places, ({ fault }) => fault)].map(([fault, of]) => ({
    fault,
    where: describe(
      of.map(({ scenario }) => scenario),
      scenarios,
    ),
  }));
  const groups = [...Map.groupBy(byFault, ({ where }) => where)].map(([where, of]) => {
    const names = of.map(({ fault }) => fault);
    return `${describe(names, faults)} → ${where}`;
  });
  return groups.join(' ‖ ');
}

const legend = (groups: string[][]) =>
  groups.filter(({ length }) => length > 1).map((group) => `${shortName(group)} = ${group.join(' · ')}`);

/**
 * The matrix as a text: each different sentence once, with the faults and the requests that it is met at. Those that are
 * alike everywhere stand under one name, which the end spells out. An error whose class is not named is an AppError.
 */
export function summarize(cells: Cell[]): string {
  const faultGroups = groupAlike(cells, faultOf, scenarioOf);
  const scenarioGroups = groupAlike(cells, scenarioOf, faultOf);
  const faultNames = new Map(faultGroups.map((group) => [group[0], shortName(group)]));
  const scenarioNames = new Map(scenarioGroups.map((group) => [group[0], shortName(group)]));
  const met = cells.flatMap((cell) => {
    const fault = faultNames.get(faultOf(cell));
    const scenario = scenarioNames.get(scenarioOf(cell));
    const { isPartial } = cell.scenario;
    return fault && scenario ? linesOf(cell).map((line) => ({ line, fault, scenario, isPartial })) : [];
  });
  const scenariosOf = (places: typeof met) => [...new Set(places.map(({ scenario }) => scenario))];
  const faults: KnownSet[] = [['all', [...faultNames.values()]]];
  const scenarios: KnownSet[] = [
    ['all', scenariosOf(met)],
    ['all first ones', scenariosOf(met.filter(({ isPartial }) => !isPartial))],
    ['all after a part of the work', scenariosOf(met.filter(({ isPartial }) => isPartial))],
  ];
  const sentences = [...Map.groupBy(met, ({ line }) => line)].map(
    ([line, places]) => `${line} | ${describePlaces(places, faults, scenarios)}`,
  );
  return [...sentences, '', ...legend(faultGroups), '', ...legend(scenarioGroups)].join('\n');
}

/** For each fault: how many runs met it, and what Zapier was told how often. */
export function countOutcomes(cells: Cell[]): Row[] {
  return [...Map.groupBy(cells, ({ fault }) => fault)].map(([fault, of]) => {
    const told = (kind?: string) => of.filter(({ failure }) => failure?.kind === kind).length;
    return {
      fault,
      runs: of.length,
      done: told(),
      stopped: told('HaltedError'),
      error: told('AppError'),
      later: told('ThrottledError'),
      reconnect: told('ExpiredAuthError'),
    };
  });
}
