import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Console, startConsole } from '../../../tools/console/server.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { loadBuiltIntegration } from '../../../tools/zapier/runner.ts';

let sandbox: Sandbox;
let opened: Console;

const start = async () => startConsole({ sandbox, integration: await loadBuiltIntegration() });

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 3 });
  opened = await start();
});
afterEach(async () => {
  await opened?.close();
  await sandbox?.close();
});

/** The address of the events, as a page that is opened now holds it. */
async function eventsOfPage(): Promise<string> {
  const page = await (await fetch(opened.url)).text();
  return /hx-sse:connect="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Connects a page, then clears the faults, which is a change, and gives the events up to the `last` one of faults. */
async function eventsUntil(last: number, path: string): Promise<string[]> {
  const { body } = await fetch(`${opened.url}${path}`);
  await fetch(`${opened.url}/faults/clear`, { method: 'POST' });
  const names: string[] = [];
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    names.push(...[...text.matchAll(/^event: (.*)$/gm)].flatMap(([, name]) => name ?? []));
    if (names.filter((name) => name === 'faults').length === last) break;
  }
  return names;
}

it('a page that is up to date hears of nothing but what changes', async () => {
  const names = await eventsUntil(1, await eventsOfPage());
  // The request with which the console tested its connection may be told a little later.
  expect(names.filter((name) => name !== 'requests')).toEqual(['faults']);
});

it.each<[what: string, change: () => Promise<unknown> | unknown]>([
  ['a message was sent', () => sandbox.store.send('1776025372480910', { type: 'text', text: 'Hi' })],
  [
    'the console was started again',
    async () => {
      await opened.close();
      opened = await start();
    },
  ],
])('a page from before %s has every part drawn again', async (_what, change) => {
  const path = await eventsOfPage();
  await change();
  const names = await eventsUntil(2, path);
  expect(new Set(names)).toEqual(new Set(['channel', 'faults', 'recipe', 'requests', 'zap']));
});
