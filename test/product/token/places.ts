import App from '../../../index.ts';
import type { Run } from '../../../tools/zapier/runner.ts';
import { dropdownRuns, sampleRuns, searchOrCreateRuns } from '../../../tools/zapier/sample-runs.ts';

export const token = 'channel-token/1234+x=';

/** The runs in which the token could leak: all operations, the connection, dropdowns and output fields. */
export const places: { place: string; inputData: Record<string, unknown>; meta?: Run['meta'] }[] = [
  { place: 'authentication.test', inputData: {} },
  { place: 'authentication.connectionLabel', inputData: {} },
  ...sampleRuns.flatMap(({ runs }) => runs).filter(({ authData }) => authData === undefined),
  ...searchOrCreateRuns(App),
  ...dropdownRuns(App),
  ...sampleRuns
    .filter(({ place }) => !place.startsWith('creates'))
    .map(({ place, inputData }) => ({ place: `${place}.operation.outputFields`, inputData })),
];
