import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import App from '../../../index.ts';
import { createRunner } from '../../../tools/zapier/runner.ts';
import { failure } from '../../support/failure.ts';

const runner = createRunner(App);
const authData = { host: 'app.bony.chat', channel_token: 'channel-token-1234' };
const run = (key: string, inputData: Record<string, unknown>) =>
  runner(key, { authData, inputData, forgets: true });

const body = JSON.stringify({ status: 'success', data: { id: '1' } });
const answer = (text = body, length = text.length) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`;

/** A request as the server sees it: the number of its connection, and its place among the requests on it, from 1. */
type Seen = Record<'connection' | 'place', number> & { line: string };

let close = () => {};
afterEach(() => close());

/** Starts a server that closes no connection unless `onRequest` does; returns its requests, a list that keeps growing. */
async function start(onRequest: (socket: Socket, request: Seen) => void): Promise<Seen[]> {
  const seen: Seen[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket);
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
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${Object(server.address()).port}`;
  close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return seen;
}

const addTags = (count: number) =>
  run('creates.add_tags', { contact_id: '1', tags: Array.from({ length: count }, (_, n) => n) });

const closings: [how: string, close: (socket: Socket) => void][] = [
  ['FIN', (socket) => socket.end()],
  ['RST', (socket) => socket.resetAndDestroy()],
];

describe.each(closings)('a server that closes its connections without a word (%s)', (_, closeSocket) => {
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
    expect(await failure(addTags(55))).toMatchObject({
      code: 'interrupted',
      sentence: expect.stringMatching(
        /^The first 20 of 55 tags were added\. .+ Running this step again is safe\.$/,
      ),
    });
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

describe.each([200, 403])('an answer with status %i that is cut off', (status) => {
  it.each(closings)(
    'before its Content-Length is reached is noticed at once (%s)',
    async (_, closeSocket) => {
      const never = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
      const cut = answer('{"status":"error","message":"Arch', 100).replace('200', String(status));
      await start((socket) => socket.write(cut, () => closeSocket(socket)));
      const told = await failure(run('creates.send_message', { contact_id: '1', text: 'Hi' }));
      expect(told.code).toBe(status === 200 ? 'interrupted' : 'refused_without_reason');
      expect(never).toHaveBeenCalled();
    },
  );
});
