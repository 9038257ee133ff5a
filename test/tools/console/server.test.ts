import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Console, startConsole } from '../../../tools/console/server.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { loadBuiltIntegration } from '../../../tools/zapier/runner.ts';

let sandbox: Sandbox;
let opened: Console;

const start = async () => startConsole({ sandbox, integration: await loadBuiltIntegration() });

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 3 });
  opened = await start();
});
afterAll(async () => {
  await opened?.close();
  await sandbox?.close();
});

it('the page loads only what there is, each as its type', async () => {
  const page = await (await fetch(opened.url)).text();
  const paths = [...page.matchAll(/(?:src|href)="(\/[^"?]+\.(\w+))"/g)];
  const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  for (const [, path = '', extension = ''] of paths) {
    const { status, headers } = await fetch(`${opened.url}${path}`);
    expect({ path, status, type: headers.get('content-type')?.split(';')[0] }).toEqual({
      path,
      status: 200,
      type: types[extension],
    });
  }
  expect(paths).toHaveLength(4);
});

it('every style sheet is part of the one that the page loads', async () => {
  const style = await (await fetch(`${opened.url}/style.css`)).text();
  const files = globSync('tools/console/public/*.css');
  for (const file of files) expect(style).toContain(readFileSync(file, 'utf8'));
  expect(files.length).toBeGreaterThan(3);
});

/** The status of a request with these headers, which fetch would not send. */
async function status(method: string, path: string, headers: Record<string, string>): Promise<unknown> {
  const sent = request(`${opened.url}${path}`, { method, headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

describe('the console', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example:4011', 'localhost', '10.0.0.1:4011'])(
    'refuses the Host %j',
    async (Host) => {
      expect(await status('GET', '/', { Host })).toBe(403);
    },
  );

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'refuses the Origin %j, and changes nothing',
    async (Origin) => {
      const before = sandbox.store.list();
      for (const method of ['GET', 'POST']) {
        expect(await status(method, '/zaps/triggers.new_contact/contacts?count=1', { Origin })).toBe(403);
      }
      expect(sandbox.store.list()).toEqual(before);
    },
  );

  it('takes its own Origin and the name localhost', async () => {
    const { port } = new URL(opened.url);
    expect(await status('POST', '/faults/clear', { Origin: opened.url })).toBe(200);
    expect(await status('GET', '/', { Host: `localhost:${port}` })).toBe(200);
    const before = sandbox.store.list();
    const add = '/zaps/triggers.new_contact/contacts?count=1';
    expect(await status('POST', add, { Origin: opened.url })).toBe(204);
    expect(sandbox.store.list().slice(1)).toEqual(before);
  });

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    // The whole of 127.0.0.0/8 is this machine, on Linux.
    const others = process.platform === 'linux' ? [...outside, { address: '127.0.0.2' }] : outside;
    expect(others).not.toEqual([]);
    for (const { address } of others) {
      const socket = connect(Number(new URL(opened.url).port), address);
      await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  it('sends a strict policy with everything', async () => {
    for (const path of ['/', '/htmx.js', '/contacts', '/nowhere']) {
      const { headers } = await fetch(`${opened.url}${path}`);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    }
  });

  it.each([
    '/steps/creates.nothing/run',
    '/zaps/triggers.nothing/poll',
    '/steps/creates.add_tags/choices/nothing',
  ])('answers 404 to %s', async (path) => {
    expect(await status('POST', path, {})).toBe(404);
  });

  it('answers 413 to more than 1 MB or 2,000 values, and any other form, with a length or without', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const post = (init: object) =>
      fetch(`${opened.url}/drafts/connection`, { method: 'POST', headers, ...init });
    const values = (count: number) => Array.from({ length: count }, (_, n) => `name${n}=1`).join('&');
    for (const [body, answered] of [
      ['channel_name=ok', 204],
      ['', 204],
      [values(2000), 204],
      [values(2001), 413],
      [values(90_000), 413],
      ['x'.repeat(1_100_000), 413],
    ] as const) {
      expect((await post({ body })).status).toBe(answered);
      expect((await post({ body: new Blob([body]).stream(), duplex: 'half' })).status).toBe(answered);
    }
  });

  it('answers 400 to what no form of its own sends', async () => {
    expect(await status('POST', '/zaps/triggers.new_contact/contacts?count=1000000', {})).toBe(400);
    expect(await status('POST', '/settings', {})).toBe(400);
  });
});

it('a result shows a field of the channel under its ID, and the others under their labels', async () => {
  const { id } = sandbox.store.add({ custom_fields: { firstName: 'Ana', plan: 'Gold' } });
  const body = new URLSearchParams({ contact_id: id });
  const step = `${opened.url}/steps/searches.find_contact_by_id/run`;
  const names = (await (await fetch(step, { method: 'POST', body })).text()).matchAll(
    /<th scope="row">([^<]+)/g,
  );
  expect([...names].map(([, name]) => name)).toEqual(expect.arrayContaining(['First Name', 'plan']));
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

it('six open pages leave connections for their requests, and the oldest of them hear of changes when they come back', async () => {
  const streams = [];
  for (let page = 1; page <= 6; page += 1) streams.push(await fetch(`${opened.url}${await eventsOfPage()}`));
  const [first, second] = streams;
  expect([await first?.text(), await second?.text()]).toEqual(['', '']);
  const rest = streams.slice(2).map(({ body }) => body?.getReader());
  await fetch(`${opened.url}/faults/clear`, { method: 'POST' });
  const textOf = (read?: { value?: Uint8Array | undefined }) => new TextDecoder().decode(read?.value);
  const heard = await Promise.all(rest.map(async (reader) => textOf(await reader?.read())));
  const [, id = ''] = /^id: (.+)$/m.exec(heard[0] ?? '') ?? [];
  expect(heard.every((text) => text.startsWith('event: faults\n'))).toBe(true);
  await Promise.all(rest.map((reader) => reader?.cancel()));
  const again = async (lastId: string) =>
    (await fetch(`${opened.url}/events`, { headers: { 'Last-Event-ID': lastId } })).body?.getReader();
  const readers = [await again(id), await again('before')];
  await fetch(`${opened.url}/faults/clear`, { method: 'POST' });
  const [upToDate, late] = await Promise.all(readers.map(async (reader) => textOf(await reader?.read())));
  expect([upToDate, late]).toEqual([
    expect.stringMatching(/^event: faults/),
    expect.stringMatching(/^event: channel/),
  ]);
  await Promise.all(readers.map((reader) => reader?.cancel()));
});

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
