import { once } from 'node:events';
import { get } from 'node:https';
import { createServer, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import App from '../../../index.ts';
import { Connections } from '../../../src/api/agents.ts';
import { createRunner } from '../../../tools/zapier/runner.ts';
import { certify, type Identity } from '../../support/certificates.ts';
import { failure } from '../../support/failure.ts';

const runner = createRunner(App);
const authData = { host: 'app.bony.chat', channel_token: 'channel-token-1234' };
const run = (key: string, inputData: Record<string, unknown>) =>
  runner(key, { authData, inputData, forgets: true });
const sendMessage = () => failure(run('creates.send_message', { contact_id: '1', text: 'Hi' }));
const addTags = (count: number) =>
  run('creates.add_tags', { contact_id: '1', tags: Array.from({ length: count }, (_, n) => n) });

const body = JSON.stringify({ status: 'success', data: { id: '1' } });
const answer = (text = body, length = text.length) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`;

/** The connections that the test's server has accepted, in order. */
const sockets: Socket[] = [];
let close = () => {};
afterEach(() => {
  close();
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Points the integration at a server on this machine, until the test ends. Returns the server's port. */
async function listen(scheme: 'http' | 'https', server: ReturnType<typeof createServer>): Promise<number> {
  server.on('connection', (socket) => sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => server.close();
  const { port } = Object(server.address());
  process.env.CHANNEL_API_BASE_URL = `${scheme}://127.0.0.1:${port}`;
  return port;
}

/** A request as the server sees it: the number of its connection, and its place among the requests on it, from 1. */
type Seen = Record<'connection' | 'place', number> & { line: string };

/** Starts a server in place of the API, over TLS if `identity` is given. Returns its requests, a list that keeps growing. */
async function start(
  onRequest = (socket: Socket, _request: Seen): unknown => socket.write(answer()),
  identity?: Identity,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  let connections = 0;
  const serve = (socket: Socket) => {
    connections += 1;
    const connection = connections;
    let place = 0;
    socket
      .on('error', () => {})
      .on('data', (data) => {
        const [line = ''] = String(data).split(' HTTP');
        if (!/^(?:GET|POST|PUT|DELETE) /.test(line)) return;
        place += 1;
        const request = { connection, place, line };
        seen.push(request);
        onRequest(socket, request);
      });
  };
  if (identity) await listen('https', tls.createServer(identity, serve));
  else await listen('http', createServer(serve));
  return seen;
}

describe.each<[how: string, closeSocket: (socket: Socket) => void]>([
  ['FIN', (socket) => socket.end()],
  ['RST', (socket) => socket.resetAndDestroy()],
])('a server that closes its connections without a word (%s)', (_, closeSocket) => {
  it('at the second request of a connection: the request is made once more, and those after it never share one', async () => {
    const seen = await start((socket, { place }) =>
      place === 1 ? socket.write(answer()) : closeSocket(socket),
    );
    await addTags(55);
    expect(seen.map(({ connection }) => connection)).toEqual([1, 2, 2, 3, 4, 5, 6]);
  });

  it('at every request but the first two: the run fails after one repetition', async () => {
    const seen = await start((socket, { connection, place }) =>
      connection < 3 && place === 1 ? socket.write(answer()) : closeSocket(socket),
    );
    expect((await failure(addTags(55))).code).toBe('interrupted');
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['a message', 'creates.send_message', { contact_id: '1', text: 'Hi' }],
    ['a new contact', 'creates.create_contact', { phone: '1' }],
    ['a POST of API Request', 'creates.api_request', { method: 'POST', path: '/contact/1/notes' }],
  ])('before an answer to %s: it is not sent again', async (_name, key, inputData) => {
    const seen = await start(closeSocket);
    expect((await failure(run(key, inputData))).code).toBe('interrupted');
    expect(seen).toHaveLength(1);
  });

  it('in the middle of an answer: the run ends at once', async () => {
    const never = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
    await start((socket) => socket.write(answer(body, 100), () => closeSocket(socket)));
    expect((await sendMessage()).code).toBe('interrupted');
    expect(never).toHaveBeenCalled();
  });
});

it('what must not be repeated gets a connection that was not used before, whatever came before it', async () => {
  const page = JSON.stringify({ data: [] });
  const seen = await start((socket, { line }) => socket.write(answer(line.startsWith('GET') ? page : body)));
  const match = { match_field: 'email', match_value: 'a@b.example' };
  await run('creates.create_or_update_contact', { ...match, tags: ['VIP'] });
  const creations = seen.filter(({ line }) => line === 'POST /api/v1/contact/');
  expect(creations).toMatchObject([{ place: 1 }]);
  expect(seen.filter(({ connection }) => connection === creations[0]?.connection)).toHaveLength(1);
});

describe('over TLS', () => {
  const here = { addresses: ['127.0.0.1'] };
  const elsewhere = { addresses: ['127.0.0.2'] };
  const expired = { ...here, notAfter: new Date(Date.now() - 60_000) };
  const authority = certify({});
  const trusted = tls.getCACertificates('default');
  beforeAll(() => tls.setDefaultCACertificates([...trusted, authority.cert]));
  afterAll(() => tls.setDefaultCACertificates(trusted));

  it('makes the first request of each run on a connection of its own, and all others on a second', async () => {
    const seen = await start(undefined, certify(here, authority));
    for (const count of [45, 1, 11]) await addTags(count);
    expect(seen.map(({ connection }) => connection)).toEqual([1, 2, 2, 2, 2, 3, 4, 5]);
  });

  const nothingSent = (reason: string) => ({
    kind: 'AppError',
    code: 'unreachable',
    sentence: `app.bony.chat could not be reached (${reason}). Check the platform chosen in the connection. Nothing was sent, so it is safe to run this step again later.`,
  });

  it.each([
    ['for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', () => certify(elsewhere, authority)],
    ['that has expired', 'CERT_HAS_EXPIRED', () => certify(expired, authority)],
    ['that it signed itself', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => certify(here)],
    ['of nobody known', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', () => certify(here, certify({}))],
  ])('sends nothing to a server with a certificate %s', async (_name, reason, identity) => {
    const seen = await start(undefined, identity());
    expect(await sendMessage()).toEqual(nothingSent(reason));
    expect([seen, sockets.length]).toEqual([[], 1]);
  });

  let limit: AbortController;
  it.each<[string, string, (socket: Socket) => void]>([
    ['resets the handshake', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
    ['ends the handshake', 'ECONNRESET', (socket) => socket.end()],
    ['does not speak TLS', 'EPROTO', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is silent', 'no connection within 25 seconds', () => limit.abort()],
  ])('says that nothing was sent to a server that %s', async (_name, reason, onHandshake) => {
    limit = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    await listen(
      'https',
      createServer((socket) => socket.once('data', () => onHandshake(socket))),
    );
    expect(await sendMessage()).toEqual(nothingSent(reason));
  });

  it('says that a message may have been sent if the connection is reset after the handshake', async () => {
    const seen = await start((socket) => socket.destroy(), certify(here, authority));
    expect((await sendMessage()).sentence).toContain('The message may have been sent anyway');
    expect(seen).toHaveLength(1);
  });

  it('verifies certificates even if core tells its agents not to', async () => {
    const port = await listen('https', tls.createServer(certify(here)));
    const connections = new Connections('https://127.0.0.1');
    for (const agent of [connections.next(true), connections.next(true)]) {
      // Core sets this if an event says `verifySSL: false`. Our agents must ignore it to protect the token.
      const { options } = Object(agent);
      options.rejectUnauthorized = false;
      const [error] = await once(get({ host: '127.0.0.1', port, agent }), 'error');
      expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      delete options.rejectUnauthorized;
    }
  });
});
