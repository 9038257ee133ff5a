import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { useConsole } from './use-console.ts';

const running = useConsole();

/** The status of a request with these headers, which fetch would not send. */
async function status(method: string, path: string, headers: Record<string, string>): Promise<unknown> {
  const sent = request(`${running().url}${path}`, { method, headers }).end();
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
      const before = running().sandbox.store.list();
      for (const method of ['GET', 'POST']) {
        expect(await status(method, '/zaps/triggers.new_contact/contacts?count=1', { Origin })).toBe(403);
      }
      expect(running().sandbox.store.list()).toEqual(before);
    },
  );

  it('takes its own Origin and the name localhost', async () => {
    const { port } = new URL(running().url);
    expect(await status('POST', '/faults/clear', { Origin: running().url })).toBe(200);
    expect(await status('GET', '/', { Host: `localhost:${port}` })).toBe(200);
    const before = running().sandbox.store.list();
    const add = '/zaps/triggers.new_contact/contacts?count=1';
    expect(await status('POST', add, { Origin: running().url })).toBe(204);
    expect(running().sandbox.store.list().slice(1)).toEqual(before);
  });

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    // The whole of 127.0.0.0/8 is this machine, on Linux.
    const others = process.platform === 'linux' ? [...outside, { address: '127.0.0.2' }] : outside;
    expect(others).not.toEqual([]);
    for (const { address } of others) {
      const socket = connect(Number(new URL(running().url).port), address);
      await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });

  it('sends a strict policy with everything', async () => {
    for (const path of ['/', '/htmx.js', '/contacts', '/nowhere']) {
      const { headers } = await fetch(`${running().url}${path}`);
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

  it('answers 413 to more than 1 MB, with a length or without', async () => {
    const body = 'x'.repeat(1_000_001);
    const stream = new Blob([body]).stream();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const post = (init: object) =>
      fetch(`${running().url}/drafts/connection`, { method: 'POST', headers, ...init });
    expect((await post({ body: 'channel_name=ok' })).status).toBe(204);
    expect((await post({ body })).status).toBe(413);
    const refused = await post({ body: stream, duplex: 'half' });
    expect([refused.status, refused.headers.get('connection')]).toEqual([413, 'close']);
  });

  it('answers 400 to what no form of its own sends', async () => {
    expect(await status('POST', '/zaps/triggers.new_contact/contacts?count=1000000', {})).toBe(400);
    expect(await status('POST', '/settings', {})).toBe(400);
  });
});
