import type { Run } from '../../../tools/zapier/runner.ts';
import { sampleRuns } from '../../../tools/zapier/sample-runs.ts';

export const token = 'channel-token/1234+x=';

/** One run of everything that talks to the API. */
export const places: { place: string; inputData: Record<string, unknown>; meta?: Run['meta'] }[] = [
  { place: 'authentication.test', inputData: {} },
  { place: 'authentication.connectionLabel', inputData: {} },
  ...sampleRuns,
  {
    place: 'creates.create_contact',
    inputData: { firstName: 'Ana' },
    meta: { withSearch: 'find_contact_by_custom_field' },
  },
  {
    place: 'creates.remove_tags.operation.inputFields.1.choices.perform',
    inputData: { contact_id: '1776025372480910' },
  },
];
