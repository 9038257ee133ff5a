import type { Integration } from '../../../tools/zapier/runner.ts';
import {
  dropdownRuns,
  type KnownRun,
  type SampleRun,
  sampleRuns,
  searchOrCreateRuns,
} from '../../../tools/zapier/sample-runs.ts';

/** A run of an operation, and which one of its requests meets a fault. */
export interface Scenario extends Pick<KnownRun, 'name' | 'place' | 'inputData' | 'authData' | 'meta'> {
  /** The number of requests that succeed before the faulty one. */
  requestsBefore: number;
  /** True if an earlier request of the run saved something. The error message must then say what was saved. */
  isPartial: boolean;
  /** True if sending the faulty request twice would do its work twice, such as creating two contacts. */
  unrepeatable: boolean;
  /** True if only a large input causes the faulty request. Another scenario tests the code that reads its answer. */
  isForLargeInput: boolean;
}

const first = { requestsBefore: 0, isPartial: false, unrepeatable: false, isForLargeInput: false };
const isWrite = ({ request }: KnownRun['requests'][number]) => !request.startsWith('GET');

/** Returns one scenario for each request of a run, so that each request meets the faults once. */
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

/** Returns runs whose input is so large that it takes three requests. The fault meets the second of these. */
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

/** Returns scenarios for each kind of request that sample runs, their variants, large inputs and dropdowns make. */
export function collectScenarios(integration: Integration): Scenario[] {
  return [
    { ...first, name: 'connection test', place: 'authentication.test', inputData: {} },
    ...sampleRuns.flatMap((sample) => [
      ...scenariosOf(sample.runs[0]),
      // Most variants differ from the sample run only in their last request, so usually only that one is tested.
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
