import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../tools/sandbox/server.ts';
import { createRunner, loadBuiltIntegration, type Run, type Runner } from '../../tools/zapier/runner.ts';

/** A sandbox, and the built integration connected to it. */
export interface Channel {
  sandbox: Sandbox;
  run: (place: string, inputData?: Record<string, unknown>, overrides?: Run) => Promise<unknown>;
  /** Returns the requests of this test, each as a line: `POST /api/v1/contact/ {"custom_fields":[…]}`. */
  requests: () => string[];
}

/** Starts a sandbox for each test of a file or block, and connects the built integration to it over real HTTP. */
export function useChannel(options: SandboxOptions = {}, file?: string): Channel {
  let sandbox: Sandbox;
  let runner: Runner;

  beforeAll(async () => {
    runner = createRunner(await loadBuiltIntegration(file));
  });
  beforeEach(async () => {
    sandbox = await startSandbox({ rateLimits: false, ...options });
    process.env.CHANNEL_API_BASE_URL = sandbox.url;
  });
  afterEach(() => sandbox?.close());

  return {
    get sandbox() {
      return sandbox;
    },
    run: (place, inputData = {}, overrides = {}) =>
      runner(place, {
        ...overrides,
        authData: {
          host: 'app.bony.chat',
          channel_token: sandbox.token,
          channel_type: sandbox.settings.viber ? 'viber' : 'other',
          channel_name: 'Sandbox',
          ...overrides.authData,
        },
        inputData,
      }),
    requests: () => sandbox.requests.map(({ method, path, body }) => `${method} ${path} ${body}`.trim()),
  };
}
