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

/** Connects a page, then clears the faults, which is a change. Gives the events up to that many of faults. */
async function eventsUntil(faults: number, path: string): Promise<string[]> {
  const { body } = await fetch(`${opened.url}${path}`);
  await fetch(`${opened.url}/faults/clear`, { method: 'POST' });
  let text = '';
  const names = () => [...text.matchAll(/^event: (.*)\n/gm)].flatMap(([, name]) => name ?? []);
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (names().filter((name) => name === 'faults').length === faults) break;
  }
  return names();
}

it('a page that is up to date hears of nothing but what changes', async () => {
  expect(await eventsUntil(1, await eventsOfPage())).toEqual(['faults']);
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
  expect(new Set(names)).toEqual(new Set(['channel', 'faults', 'recipe', 'zap']));
});
