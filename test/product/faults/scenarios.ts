import type { Integration } from '../../../tools/zapier/runner.ts';
import {
  dropdownRuns,
  type KnownRun,
  type SampleRun,
  sampleRuns,
  searchOrCreateRuns,
} from '../../../tools/zapier/sample-runs.ts';

/** A run of an operation, one of whose requests meets a fault. */
export interface Scenario extends Pick<KnownRun, 'name' | 'place' | 'inputData' | 'authData' | 'meta'> {
  /** Requests that succeed before the one that meets the fault. */
  requestsBefore: number;
  /** Whether those did some of the work, which the user must be told. */
  isPartial: boolean;
  /** Whether the request, sent twice, would do its work twice. */
  unrepeatable: boolean;
  /** Whether the request is made only because an input is large. Another scenario has one of the same kind. */
  isForLargeInput: boolean;
}

const first = { requestsBefore: 0, isPartial: false, unrepeatable: false, isForLargeInput: false };
const isWrite = ({ request }: KnownRun['requests'][number]) => !request.startsWith('GET');

/** One scenario for each request of a run. */
function scenariosOf({ name, requests, ...run }: KnownRun): Scenario[] {
  return requests.map(({ unrepeatable = false }, requestsBefore) => ({
    ...first,
    ...run,
    name: requests.length === 1 ? name : `${name}: request ${requestsBefore + 1} of ${requests.length}`,
    requestsBefore,
    isPartial: requests.slice(0, requestsBefore).some(isWrite),
    unrepeatable,
  }));
}

/** For each input that can take several requests, a run with so much of it that its second one meets the fault. */
function largeScenarios({ runs, more }: SampleRun): Scenario[] {
  return more.flatMap(({ input, size }) => {
    const base = runs.find(({ inputData }) => input in inputData);
    if (!base) return [];
    const count = Math.ceil(size * 2.5);
    const items = Array.from({ length: count }, (_, number) => `${input} ${number}`);
    const isList = Array.isArray(base.inputData[input]);
    const large = isList ? items : Object.fromEntries(items.map((item) => [item, 'value']));
    return {
      ...first,
      ...base,
      name: `${base.name}, ${count} ${input}: request ${base.requests.length + 1}`,
      inputData: { ...base.inputData, [input]: large },
      requestsBefore: base.requests.length,
      isPartial: base.requests.some(isWrite),
      isForLargeInput: true,
    };
  });
}

/** Every request of every operation, as far as its sample run, its variants and a large input show them. */
export function collectScenarios(integration: Integration): Scenario[] {
  return [
    { ...first, name: 'connection test', place: 'authentication.test', inputData: {} },
    ...sampleRuns.flatMap((sample) => [
      ...scenariosOf(sample.runs[0]),
      // What comes before a variant's last request is mostly as in the sample run.
      ...sample.runs.slice(1).flatMap((run) => scenariosOf(run).slice(run.beginsOtherwise ? 0 : -1)),
      ...largeScenarios(sample),
    ]),
    ...searchOrCreateRuns(integration).flatMap(scenariosOf),
    ...dropdownRuns(integration).map((run) => ({
      ...first,
      ...run,
      name: run.place.replace(/^\w+\.(\w+)\..*$/, '$1: choices of a dropdown'),
    })),
  ];
}
