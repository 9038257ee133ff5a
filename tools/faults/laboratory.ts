import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { createRunner, type Integration } from '../zapier/runner.ts';
import type { Scenario } from './scenarios.ts';

/** Where operations meet faults: a sandbox, and a server beside it that nothing may ever reach. */
export interface Laboratory {
  sandbox: Sandbox;
  /** `localhost:port` of the server beside it. */
  elsewhere: string;
  /** Connections that the server beside it got. */
  strays: () => number;
  run: (scenario: Scenario) => Promise<unknown>;
  close: () => Promise<void>;
}

/** Opens a laboratory for an integration. Its operations find it through CHANNEL_API_BASE_URL. */
export async function openLaboratory(integration: Integration): Promise<Laboratory> {
  const sandbox = await startSandbox({ rateLimits: false });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  let strays = 0;
  const elsewhere = createServer((socket) => {
    strays += 1;
    socket.destroy();
  }).listen(0, 'localhost');
  await once(elsewhere, 'listening');

  const runner = createRunner(integration);
  return {
    sandbox,
    elsewhere: `localhost:${Object(elsewhere.address()).port}`,
    strays: () => strays,
    run: ({ place, inputData, meta }) =>
      runner(place, {
        inputData,
        forgets: true,
        authData: { host: 'app.bony.chat', channel_token: sandbox.token },
        meta: meta ?? {},
      }),
    async close() {
      delete process.env.CHANNEL_API_BASE_URL;
      elsewhere.close();
      await sandbox.close();
    },
  };
}
