import type { Integration } from '../../../tools/zapier/runner.ts';
import {
  dropdownRuns,
  type KnownRun,
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
}

const isWrite = ({ request }: KnownRun['requests'][number]) => !request.startsWith('GET');

/** Returns one scenario for each request of a run, so that each request meets the faults once. */
function scenariosOf({ name, requests, ...run }: KnownRun): Scenario[] {
  return requests.map(({ unrepeatable = false }, requestsBefore) => ({
    ...run,
    name: requests.length === 1 ? name : `${name}: request ${requestsBefore + 1} of ${requests.length}`,
    requestsBefore,
    isPartial: requests.slice(0, requestsBefore).some(isWrite),
    unrepeatable,
  }));
}

/** Returns scenarios for each kind of request that sample runs, their variants and dropdowns make. */
export function collectScenarios(integration: Integration): Scenario[] {
  const read = [{ request: 'GET /contact/{id}' }];
  const dropdowns = dropdownRuns(integration).map((run) => {
    const name = run.place.replace(/^\w+\.(\w+)\..*$/, '$1: choices of a dropdown');
    return { ...run, name, requests: read };
  });
  return [
    ...scenariosOf({ name: 'connection test', place: 'authentication.test', inputData: {}, requests: read }),
    // Most variants differ from the sample run only in their last request, so usually only that one is tested.
    ...sampleRuns.flatMap(({ runs }) =>
      runs.flatMap((run, n) => scenariosOf(run).slice(n === 0 || run.beginsOtherwise ? 0 : -1)),
    ),
    ...[...searchOrCreateRuns(integration), ...dropdowns].flatMap(scenariosOf),
  ];
}
