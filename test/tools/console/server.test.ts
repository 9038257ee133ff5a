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

it('the page loads only files that exist, each as its type, and every style sheet', async () => {
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
  const style = await (await fetch(`${opened.url}/style.css`)).text();
  const files = globSync('tools/console/public/*.css');
  for (const file of files) expect(style).toContain(readFileSync(file, 'utf8'));
  expect(files.length).toBeGreaterThan(3);
});

/** Returns the status of a request with these headers, which fetch would not send. */
async function status(method: string, path: string, headers: Record<string, string>): Promise<unknown> {
  const sent = request(`${opened.url}${path}`, { method, headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

describe('the console', () => {
  it.each(['evil.example', '127.0.0.1.evil.example:4011', 'localhost', '10.0.0.1:4011'])(
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
    // On Linux, all of 127.0.0.0/8 is this machine.
    const others = process.platform === 'linux' ? [...outside, { address: '127.0.0.2' }] : outside;
    expect(others).not.toEqual([]);
    for (const { address } of others) {
      const socket = connect(Number(new URL(opened.url).port), address);
      await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  it('sends a strict policy with everything, and a page for an unknown address', async () => {
    for (const path of ['/', '/htmx.js', '/contacts', '/nowhere']) {
      const { headers } = await fetch(`${opened.url}${path}`);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    }
    const page = await (await fetch(`${opened.url}/nowhere`)).text();
    expect(page).toMatch(/<title>Not found · Channel console[\s\S]*<a href="\/">the start page/);
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

  it.each([
    ['/steps/creates.nothing/run', 404],
    ['/zaps/triggers.nothing/poll', 404],
    ['/steps/creates.add_tags/choices/nothing', 404],
    ['/zaps/triggers.new_contact/contacts?count=1000000', 400],
    ['/settings', 400],
  ])('answers a POST to %s, which none of its forms sends, with %i', async (path, answered) => {
    expect(await status('POST', path, {})).toBe(answered);
  });
});

/** Opens the page and returns the address from which it receives events. */
async function eventsOfPage(): Promise<string> {
  const page = await (await fetch(opened.url)).text();
  return /hx-sse:connect="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Connects a page, then clears the faults, which is a change. Returns its events' names until "faults" came `faults` times. */
async function eventsUntil(faults: number, path: string, lastId = ''): Promise<string[]> {
  const headers = new Headers(lastId ? { 'Last-Event-ID': lastId } : {});
  const { body } = await fetch(`${opened.url}${path}`, { headers });
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
  const reader = streams[2]?.body?.getReader();
  await fetch(`${opened.url}/faults/clear`, { method: 'POST' });
  const heard = new TextDecoder().decode((await reader?.read())?.value);
  expect(heard).toMatch(/^event: faults\n/);
  await Promise.all([reader, ...streams.slice(3).map(({ body }) => body)].map((open) => open?.cancel()));
  expect(await eventsUntil(1, '/events', /^id: (.+)$/m.exec(heard)?.[1])).toEqual(['faults']);
  expect(await eventsUntil(2, '/events', 'before')).toContain('channel');
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
