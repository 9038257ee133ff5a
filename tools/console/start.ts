import { parseArgs } from 'node:util';
import * as schema from 'zod';
import { ORDERS } from '../sandbox/places.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { MAX_SEEDED } from '../sandbox/store.ts';
import { loadBuiltIntegration } from '../zapier/runner.ts';
import { type Console, startConsole } from './server.ts';

const USAGE = `Usage: npm start -- [flags]
  --port N           the sandbox's port (4010)
  --console-port N   the console's port (4011)
  --contacts N       how many contacts there are to begin with (12)
  --data FILE        keep contacts and messages in this file from one start to the next
  --order ORDER      ${ORDERS.join(', ')} (newest_first)
  --viber            contact IDs in paths must come Base64-encoded
  --no-rate-limits   never answer 429
  --token TOKEN      the token to accept (sandbox-token)`;

const portSchema = schema.coerce.number().int().min(0).max(65535);
const flags = schema.object({
  port: portSchema,
  'console-port': portSchema,
  contacts: schema.coerce.number().int().min(0).max(MAX_SEEDED),
  data: schema.string().min(1).optional(),
  order: schema.enum(ORDERS),
  viber: schema.boolean(),
  'no-rate-limits': schema.boolean(),
  token: schema.string().min(1),
});

function readFlags(): schema.infer<typeof flags> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      'console-port': { type: 'string', default: '4011' },
      contacts: { type: 'string', default: '12' },
      data: { type: 'string' },
      order: { type: 'string', default: 'newest_first' },
      viber: { type: 'boolean', default: false },
      'no-rate-limits': { type: 'boolean', default: false },
      token: { type: 'string', default: 'sandbox-token' },
    },
  });
  const { data, error } = flags.safeParse(values);
  if (data) return data;
  throw new Error(error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error && error.code === 'EADDRINUSE')) return `${error.message}\n\n${USAGE}`;
  return `${error.message}\nAnother program has this port. Stop it, or choose others with --port and --console-port.`;
}

function greet(console_: Console, { url, token }: Sandbox): void {
  const contact = `${url}/api/v1/contact`;
  console.log(`Open the console: ${console_.url}

The sandbox runs at ${url} until Ctrl-C. Its channel token is ${token}
  curl -H 'Authorization: Bearer ${token}' '${contact}/by_custom_field?name=subscribed&value=TRUE'
  curl -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\
    -d '{"custom_fields": [{"name": "firstName", "value": "Mahin"}]}' ${contact}/
Let the integration talk to it from elsewhere:
  CHANNEL_API_BASE_URL=${url}`);
}

/** Says how far the filling of a large sandbox is: on one line in a terminal, else on a line a step. */
function showSeeded(count: number, contacts: number): void {
  if (contacts < 100_000) return;
  const line = `${count.toLocaleString('en')} of ${contacts.toLocaleString('en')} contacts`;
  const { isTTY } = process.stderr;
  if (isTTY) process.stderr.write(`\r${line}${count === contacts ? '\n' : ''}`);
  else if (count % 100_000 === 0 || count === contacts) process.stderr.write(`${line}\n`);
}

async function start(): Promise<void> {
  const { 'no-rate-limits': unlimited, 'console-port': port, ...options } = readFlags();
  const integration = await loadBuiltIntegration();
  const sandbox = await startSandbox({
    ...options,
    rateLimits: !unlimited,
    seeded: (count) => showSeeded(count, options.contacts),
  });
  try {
    const opened = await startConsole({ sandbox, integration, port });
    process.once('SIGINT', () => Promise.all([opened.close(), sandbox.close()]));
    greet(opened, sandbox);
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
