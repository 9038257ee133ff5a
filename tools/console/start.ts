import * as schema from 'zod';
import type { Sandbox } from '../sandbox/server.ts';
import { ORDERS } from '../sandbox/settings.ts';
import { MAX_SEEDED } from '../sandbox/store.ts';
import { readFlags } from '../scripts/flags.ts';
import type { Console } from './server.ts';

const portFlag = schema.coerce.number().int().min(0).max(65535);
const { 'console-port': consolePort, ...options } = readFlags({
  command: 'npm start',
  does: 'Starts the sandbox and the console, until Ctrl-C.',
  flags: schema.object({
    port: portFlag.default(4010).meta({ description: "the sandbox's port" }),
    'console-port': portFlag.default(4011).meta({ description: "the console's port" }),
    contacts: schema.coerce
      .number()
      .int()
      .min(0)
      .max(MAX_SEEDED)
      .default(12)
      .meta({ description: 'how many contacts there are to begin with' }),
    data: schema.string().min(1).optional().meta({
      description: 'keeps contacts and messages in this file from one start to the next',
      value: 'FILE',
    }),
    order: schema.enum(ORDERS).default('newest_first').meta({ description: 'the order of search results' }),
    viber: schema
      .boolean()
      .default(false)
      .meta({ description: 'makes it a Viber channel: contact IDs in paths must come Base64-encoded' }),
    'no-rate-limits': schema.boolean().default(false).meta({ description: 'never answers 429' }),
    token: schema.string().default('sandbox-token').meta({ description: 'the channel token to accept' }),
  }),
  example: '--contacts 1000 --order shuffled --no-rate-limits',
});

/** A port that is taken, with the flag that chooses another; any other error as it is. */
function explain(error: unknown): unknown {
  const { code, port } = Object(error);
  if (code !== 'EADDRINUSE') return error;
  const flag = port === options.port ? '--port' : '--console-port';
  return `Another program has port ${port}. Choose another with ${flag}, for example: npm start -- ${flag} ${port + 100}`;
}

function printAddresses(console_: Console, { url, token }: Sandbox): void {
  const contact = `${url}/api/v1/contact`;
  console.log(`Open the console: ${console_.url}

The sandbox runs at ${url} until Ctrl-C. Its channel token is ${token}
  curl -H 'Authorization: Bearer ${token}' '${contact}/by_custom_field?name=subscribed&value=TRUE'
  curl -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\
    -d '{"custom_fields": [{"name": "firstName", "value": "Mahin"}]}' ${contact}/
Let the integration talk to it from elsewhere:
  CHANNEL_API_BASE_URL=${url}`);
}

async function start(): Promise<void> {
  // What takes long to load is loaded here, so that a wrong flag is answered at once.
  const { startSandbox } = await import('../sandbox/server.ts');
  const { startConsole } = await import('./server.ts');
  const { loadBuiltIntegration } = await import('../zapier/runner.ts');
  const integration = await loadBuiltIntegration();
  const sandbox = await startSandbox({ ...options, rateLimits: !options['no-rate-limits'] });
  try {
    const opened = await startConsole({ sandbox, integration, port: consolePort });
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => Promise.all([opened.close(), sandbox.close()]));
    }
    printAddresses(opened, sandbox);
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

try {
  await start();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
