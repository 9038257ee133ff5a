import { afterAll, beforeAll } from '@jest/globals';
import { type Console, startConsole } from '../../../tools/console/server.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { loadBuiltIntegration } from '../../../tools/zapier/runner.ts';

/** Runs a console with a sandbox of its own for the tests of a file. What it gives, a test calls for its sandbox and its URL. */
export function useConsole(): () => { sandbox: Sandbox; url: string } {
  let sandbox: Sandbox;
  let opened: Console;

  beforeAll(async () => {
    sandbox = await startSandbox();
    opened = await startConsole({ sandbox, integration: await loadBuiltIntegration() });
  });
  afterAll(async () => {
    await opened?.close();
    await sandbox?.close();
  });
  return () => ({ sandbox, url: opened.url });
}
