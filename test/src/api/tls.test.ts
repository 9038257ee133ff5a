import { once } from 'node:events';
import { createServer, get } from 'node:https';
import { createServer as createSocketServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import App from '../../../index.ts';
import { Connections } from '../../../src/api/agents.ts';
import { createRunner } from '../../../tools/zapier/runner.ts';
import { certifyItself, createAuthority, type Identity } from '../../support/certificates.ts';
import { failure } from '../../support/failure.ts';

const here = { addresses: ['127.0.0.1'] };
const trusted = tls.getCACertificates('default');
const closers: (() => void)[] = [];
const authority = createAuthority();
const run = createRunner(App);

beforeAll(() => tls.setDefaultCACertificates([...trusted, authority.cert]));
afterAll(() => tls.setDefaultCACertificates(trusted));
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Points the integration at a port of this machine over TLS, and returns that port. */
async function pointAt(server: ReturnType<typeof createSocketServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = Object(server.address());
  process.env.CHANNEL_API_BASE_URL = `https://127.0.0.1:${port}`;
  return port;
}

/** Starts an HTTPS API. Before each handshake, `onConnection` gets the connection and its number, and can cut it. */
async function startApi(identity: Identity, onConnection = (_socket: Socket, _number: number) => {}) {
  const seen = { connections: 0, requests: 0, port: 0 };
  const server = createServer(identity, (_request, response) => {
    seen.requests += 1;
    response.end(JSON.stringify({ status: 'success', data: [] }));
  });
  server.on('connection', (socket: Socket) => {
    seen.connections += 1;
    onConnection(socket, seen.connections);
  });
  closers.push(() => server.close().closeAllConnections());
  seen.port = await pointAt(server);
  return seen;
}

/** Starts a server that has no TLS: it answers the first bytes of the handshake with whatever the test chooses. */
async function startImpostor(answer: (socket: Socket) => void): Promise<void> {
  const sockets: Socket[] = [];
  const server = createSocketServer((socket) => {
    sockets.push(socket);
    socket.once('data', () => answer(socket)).on('error', () => {});
  });
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await pointAt(server);
}

const authData = { host: 'app.bony.chat', channel_token: 'channel-token-1234' };
const addTags = (count: number) =>
  run('creates.add_tags', {
    authData,
    inputData: { contact_id: '1', tags: Array.from({ length: count }, (_, index) => `tag ${index}`) },
  });
const sendMessage = () =>
  failure(run('creates.send_message', { authData, inputData: { contact_id: '1', text: 'Hi' } }));

const nothingSent = (reason: string) => ({
  kind: 'AppError',
  code: 'unreachable',
  sentence: `app.bony.chat could not be reached (${reason}). Check the platform chosen in the connection. Nothing was sent, so it is safe to run this step again later.`,
});

let limit: AbortController;

describe('over TLS', () => {
  it('makes the first request of each run on a connection of its own, and all others on a second', async () => {
    const seen = await startApi(authority.certify(here));
    const made = [
      [45, 5, 2],
      [1, 6, 3],
      [11, 8, 5],
    ] as const;
    for (const [tags, requests, connections] of made) {
      await addTags(tags);
      expect(seen).toMatchObject({ requests, connections });
    }
  });

  const elsewhere = { addresses: ['127.0.0.2'] };
  const expired = { ...here, notAfter: new Date(Date.now() - 60_000) };
  it.each([
    ['for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', () => authority.certify(elsewhere)],
    ['that has expired', 'CERT_HAS_EXPIRED', () => authority.certify(expired)],
    ['that it signed itself', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => certifyItself(here)],
    ['of nobody known', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', () => createAuthority().certify(here)],
  ])('sends nothing to a server with a certificate %s', async (_name, reason, identity) => {
    const seen = await startApi(identity());
    expect(await sendMessage()).toEqual(nothingSent(reason));
    expect(seen).toMatchObject({ requests: 0, connections: 1 });
  });

  it.each<[string, string, (socket: Socket) => void]>([
    ['resets the handshake', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
    ['ends the handshake', 'ECONNRESET', (socket) => socket.end()],
    ['does not speak TLS', 'EPROTO', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is silent', 'no connection within 25 seconds', () => limit.abort()],
  ])('says that nothing was sent to a server that %s', async (_name, reason, answer) => {
    limit = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    await startImpostor(answer);
    expect(await sendMessage()).toEqual(nothingSent(reason));
  });

  it('says so of the second connection too, after what the first one did', async () => {
    const seen = await startApi(authority.certify(here), (socket, number) => {
      if (number === 2) socket.resetAndDestroy();
    });
    expect(await failure(addTags(11))).toMatchObject({
      code: 'unreachable',
      sentence: expect.stringMatching(/^The first 10 of 11 tags .+ could not be reached \(ECONNRESET\)/),
    });
    expect(seen.requests).toBe(1);
  });

  it('says that a message may have been sent where the connection is reset after the handshake', async () => {
    const connections: Socket[] = [];
    const server = tls.createServer(authority.certify(here), (socket) => {
      socket.once('data', () => connections[0]?.resetAndDestroy()).on('error', () => {});
    });
    server.on('connection', (connection: Socket) => connections.push(connection));
    closers.push(() => server.close());
    await pointAt(server);
    expect(await sendMessage()).toMatchObject({
      code: 'interrupted',
      sentence: expect.stringContaining('The message may have been sent anyway'),
    });
    expect(connections).toHaveLength(1);
  });

  it('verifies certificates where the platform tells its agents not to', async () => {
    const seen = await startApi(certifyItself(here));
    const connections = new Connections('https://127.0.0.1');
    for (const agent of [connections.next(true), connections.next(true)]) {
      // Core sets this if an event says `verifySSL: false`. Our agents must ignore it to protect the token.
      const { options } = Object(agent);
      options.rejectUnauthorized = false;
      const [error] = await once(get({ host: '127.0.0.1', port: seen.port, agent }), 'error');
      expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      delete options.rejectUnauthorized;
    }
    expect(seen.requests).toBe(0);
  });
});
