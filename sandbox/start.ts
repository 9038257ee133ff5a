import { parseArgs } from 'node:util';
import * as schema from 'zod';
import { ORDERS } from './lookup.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { MAX_SEEDED } from './store.ts';

const USAGE = `Usage: npm start -- [flags]
  --port N           the port to listen on (4010)
  --contacts N       how many contacts there are to begin with (12)
  --order ORDER      ${ORDERS.join(', ')} (newest_first)
  --viber            contact IDs in paths must come Base64-encoded
  --no-rate-limits   never answer 429
  --token TOKEN      the token to accept (sandbox-token)`;

const flags = schema.object({
  port: schema.coerce.number().int().min(0).max(65535),
  contacts: schema.coerce.number().int().min(0).max(MAX_SEEDED),
  order: schema.enum(ORDERS),
  viber: schema.boolean(),
  'no-rate-limits': schema.boolean(),
  token: schema.string().min(1),
});

function readFlags(): schema.infer<typeof flags> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      contacts: { type: 'string', default: '12' },
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
  return `${error.message}\nAnother program has this port. Stop it, or choose another one with --port.`;
}

function greet({ url, token }: Sandbox): void {
  const contact = `${url}/api/v1/contact`;
  console.log(`The sandbox runs at ${url} until Ctrl-C. Its channel token is ${token}

Try it:
  curl -H 'Authorization: Bearer ${token}' '${contact}/by_custom_field?name=subscribed&value=TRUE'
  curl -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\
    -d '{"custom_fields": [{"name": "firstName", "value": "Mahin"}]}' ${contact}/
Let the integration talk to it:
  CHANNEL_API_BASE_URL=${url}`);
}

try {
  const { 'no-rate-limits': unlimited, ...options } = readFlags();
  const sandbox = await startSandbox({ ...options, rateLimits: !unlimited });
  process.once('SIGINT', () => sandbox.close());
  greet(sandbox);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
