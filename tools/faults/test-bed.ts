import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { createRunner, type Integration } from '../zapier/runner.ts';
import { collectScenarios, type Scenario } from './scenarios.ts';

/** A sandbox that gives the faults, and a server that no request may ever reach. */
export interface TestBed {
  sandbox: Sandbox;
  scenarios: Scenario[];
  /** `localhost:port` of the server that no request may reach. */
  elsewhere: string;
  /** How many connections that server got. */
  connectionsElsewhere: () => number;
  /** Runs a scenario's operation. The value `nobody` is numbered, so that no run finds what an earlier one created. */
  run: (scenario: Scenario) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Starts a test bed for an integration, which finds the sandbox through CHANNEL_API_BASE_URL. */
export async function startTestBed(integration: Integration): Promise<TestBed> {
  const sandbox = await startSandbox({ rateLimits: false, contacts: 40 });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  let connectionsElsewhere = 0;
  const elsewhere = createServer((socket) => {
    connectionsElsewhere += 1;
    socket.destroy();
  }).listen(0, 'localhost');
  await once(elsewhere, 'listening');

  const runner = createRunner(integration);
  let runs = 0;
  return {
    sandbox,
    scenarios: collectScenarios(integration),
    elsewhere: `localhost:${Object(elsewhere.address()).port}`,
    connectionsElsewhere: () => connectionsElsewhere,
    run({ place, inputData, meta }) {
      runs += 1;
      const numbered = ([key, value]: [string, unknown]) => [
        key,
        value === 'nobody' ? `nobody ${runs}` : value,
      ];
      return runner(place, {
        inputData: Object.fromEntries(Object.entries(inputData).map(numbered)),
        forgets: true,
        authData: { host: 'app.bony.chat', channel_token: sandbox.token },
        meta: meta ?? {},
      });
    },
    async close() {
      delete process.env.CHANNEL_API_BASE_URL;
      elsewhere.close();
      await sandbox.close();
    },
  };
}
