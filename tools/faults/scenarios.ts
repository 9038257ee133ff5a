import type { Integration } from '../zapier/runner.ts';
import {
  dropdownRuns,
  type KnownRun,
  type SampleRun,
  sampleRuns,
  searchOrCreateRuns,
} from '../zapier/sample-runs.ts';

/** A run of an operation, one of whose requests meets a fault. */
export interface Scenario extends Pick<KnownRun, 'name' | 'place' | 'inputData' | 'meta'> {
  /** Requests that succeed before the one that meets the fault. */
  requestsBefore: number;
  /** Whether those did some of the work, which the user must be told. */
  isPartial: boolean;
  /** Whether the request, sent twice, would do its work twice. */
  unrepeatable: boolean;
}

const isWrite = ({ request }: KnownRun['requests'][number]) => !request.startsWith('GET');

/** One scenario for each request of a run. */
function scenariosOf({ name, requests, unrepeatable, ...run }: KnownRun): Scenario[] {
  return requests.map(({ request }, requestsBefore) => ({
    ...run,
    name: requests.length === 1 ? name : `${name}: request ${requestsBefore + 1} of ${requests.length}`,
    requestsBefore,
    isPartial: requests.slice(0, requestsBefore).some(isWrite),
    unrepeatable: unrepeatable && request.startsWith('POST'),
  }));
}

/** A run with so much of one input that it takes a second request of a kind, which meets the fault. */
function largeScenario({ runs: [first], more }: SampleRun): Scenario[] {
  if (!more) return [];
  const count = Math.ceil(more.size * 2.5);
  const items = Array.from({ length: count }, (_, number) => `${more.input} ${number}`);
  const isList = Array.isArray(first.inputData[more.input]);
  const large = isList ? items : Object.fromEntries(items.map((item) => [item, 'value']));
  return [
    {
      ...first,
      name: `${first.name}, ${count} ${more.input}: request ${first.requests.length + 1}`,
      inputData: { ...first.inputData, [more.input]: large },
      requestsBefore: first.requests.length,
      isPartial: first.requests.some(isWrite),
      unrepeatable: false,
    },
  ];
}

const connectionTest: Scenario = {
  name: 'connection test',
  place: 'authentication.test',
  inputData: {},
  requestsBefore: 0,
  isPartial: false,
  unrepeatable: false,
};

/** Every request of every operation, as far as its sample run, its variants and a large input show them. */
export function collectScenarios(integration: Integration): Scenario[] {
  return [
    connectionTest,
    ...sampleRuns.flatMap((sample) => [
      ...scenariosOf(sample.runs[0]),
      // What comes before a variant's last request is as in the sample run.
      ...sample.runs.slice(1).flatMap((run) => scenariosOf(run).slice(-1)),
      ...largeScenario(sample),
    ]),
    ...searchOrCreateRuns(integration).flatMap(scenariosOf),
    ...dropdownRuns(integration).map((run) => ({
      ...connectionTest,
      ...run,
      name: run.place.replace(/^\w+\.(\w+)\..*$/, '$1: choices of a dropdown'),
    })),
  ];
}
