import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod';
import { createRunner, loadBuiltIntegration, readFailure } from '../../../tools/zapier/runner.ts';
import { patternOf, sampleRuns, searchOrCreateRuns } from '../../../tools/zapier/sample-runs.ts';
import { startRecorder, watchSockets } from '../../support/recorder.ts';
import { hostile } from './arbitraries.ts';

const integration = await loadBuiltIntegration();
const run = createRunner(integration);
const recorder = await startRecorder();
beforeAll(() => {
  process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${recorder.port}`;
});
afterAll(() => recorder.close());

const runs = [...sampleRuns.flatMap((sample) => sample.runs), ...searchOrCreateRuns(integration)];
/** Returns patterns of the requests that an operation makes in any of its runs. */
const requestsOf = (operation: string) =>
  runs
    .filter(({ place }) => place === operation)
    .flatMap(({ requests }) => requests.map(({ request }) => patternOf(request)));

const fields = schema.array(schema.looseObject({ key: schema.string(), list: schema.boolean().optional() }));
const megabyte = '🎉 a\u0000'.repeat(200_000);
const token = 'channel-token-1234';

/** The exact headers of every request. An input that adds or changes one has injected a header. */
const headers = {
  host: `127.0.0.1:${recorder.port}`,
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'accept-encoding': 'gzip,deflate',
  'content-type': 'application/json',
  'user-agent': 'Zapier',
};

it.each(runs)(
  '$name: no input makes it fail unexplained, send anything but its requests, or go elsewhere',
  async ({ place, inputData, authData, meta = {} }) => {
    const opened = watchSockets();
    // API Request may make any request below `/api/v1`.
    const known = place === 'creates.api_request' ? [/./] : requestsOf(place);
    const prototype = Reflect.ownKeys(Object.prototype);
    let requests = 0;
    const runOnce = async (inputs: Record<string, unknown>) => {
      const connection = { host: 'app.bony.chat', channel_token: token, ...authData };
      const running = run(place, { inputData: inputs, authData: connection, forgets: true, meta });
      const failure = await running.then(() => undefined, readFailure);
      if (failure) expect(failure.kind).toMatch(/^(?:HaltedError|AppError)$/);
      if (failure) expect(failure.sentence).toMatch(/^.{20,}\.$/s);
      const sent = recorder.takeRequests();
      requests += sent.length;
      // Find Contacts makes the most requests: it looks for a phone in 8 spellings, then reads the other 49 pages of 500 contacts.
      expect(sent.length).toBeLessThan(58);
      for (const {
        method,
        url,
        headers: { 'content-length': _, connection, ...given },
      } of sent) {
        expect(given).toEqual(headers);
        expect(url).toMatch(/^\/api\/v1\/(?!(?:[^?]*\/)?\.{1,2}(?:[/?]|$))/);
        const line = `${method} ${url.replace('/api/v1', '')}`;
        // A trigger also asks for a second page here, because the recorder does not say how many contacts there are.
        const firstPage = place.startsWith('triggers.') ? line.replace(/&page=\d+$/, '') : line;
        expect(known.some((pattern) => pattern.test(firstPage)) || line).toBe(true);
      }
      expect(Reflect.ownKeys(Object.prototype)).toEqual(prototype);
    };

    const shown = fields.parse(await run(`${place}.operation.inputFields`, { inputData }));
    const samples = {
      ...Object.fromEntries(shown.map(({ key, list }) => [key, list ? [] : ''])),
      ...inputData,
    };
    // Up to three inputs are hostile at a time, because a wrong choice in one would hide how the others are handled.
    const all = Object.entries(samples);
    const inputs = fc
      .subarray(all, { minLength: 1, maxLength: Math.min(3, all.length) })
      .chain((some) => fc.record(Object.fromEntries(some.map(([key, sample]) => [key, hostile(sample)]))))
      .map((changed) => ({ ...samples, ...changed }));
    for (const key of Object.keys(samples)) await runOnce({ ...inputData, [key]: megabyte });
    await fc.assert(fc.asyncProperty(inputs, runOnce), { numRuns: Math.ceil(10_000 / runs.length) });
    expect(requests).toBeGreaterThan(0);
    expect(new Set(opened)).toEqual(new Set([headers.host]));
  },
);
