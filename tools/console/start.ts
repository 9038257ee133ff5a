import { Option } from '@commander-js/extra-typings';
import type { Sandbox } from '../sandbox/server.ts';
import { ORDERS } from '../sandbox/settings.ts';
import { MAX_SEEDED } from '../sandbox/store.ts';
import { build } from '../scripts/build.ts';
import { brandFlag, script, wholeNumber } from '../scripts/flags.ts';
import type { Console } from './server.ts';

const { consolePort, brand, ...options } = script(
  'npm start',
  'Starts the sandbox and the console, until Ctrl-C.',
)
  .addOption(brandFlag())
  .option('--port <number>', "the sandbox's port", wholeNumber(65535), 4010)
  .option('--console-port <number>', "the console's port", wholeNumber(65535), 4011)
  .option('--contacts <number>', 'how many contacts there are to begin with', wholeNumber(MAX_SEEDED), 12)
  .option('--data <file>', 'keeps contacts and messages in this file from one start to the next')
  .addOption(
    new Option('--order <order>', 'the order of search results').choices(ORDERS).default('newest_first'),
  )
  .option('--viber', 'makes it a Viber channel: contact IDs in paths must come Base64-encoded')
  .option('--no-rate-limits', 'never answers 429')
  .option('--token <token>', 'the channel token to accept', 'sandbox-token')
  .parse()
  .opts();

/** If a port is taken, explains what to run, or where this console already runs. Any other error is returned unchanged. */
async function explain(error: unknown): Promise<unknown> {
  const { code, port } = Object(error);
  if (code !== 'EADDRINUSE') return error;
  const url = `http://127.0.0.1:${consolePort}`;
  const page = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (answer) => answer.text(),
    () => '',
  );
  if (page.includes('Channel console')) return `The console already runs at ${url}`;
  const free = (taken: number) => (taken === 0 ? 0 : taken + 100);
  return `Another program has port ${port}. Run: npm start -- --port ${free(options.port)} --console-port ${free(consolePort)}`;
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
  // Slow modules are loaded only here, so that a wrong flag is answered at once.
  const { startSandbox } = await import('../sandbox/server.ts');
  const { startConsole } = await import('./server.ts');
  const { loadBuiltIntegration } = await import('../zapier/runner.ts');
  await build(brand);
  const integration = await loadBuiltIntegration();
  const sandbox = await startSandbox(options);
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
  console.error(await explain(error));
  process.exitCode = 1;
}
