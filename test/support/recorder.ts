import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { Socket } from 'node:net';

export interface RecordedRequest {
  method: string;
  url: string;
  /** The names are in lower case. If a header was sent twice, Node joins its values with a comma. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server on this machine that records the requests it receives. */
export interface Recorder {
  port: number;
  /** Returns the requests received since the last call. */
  takeRequests: () => RecordedRequest[];
  close: () => void;
}

const contact = { id: '1776025372480910', created_at: 1575618542, tags: [], custom_fields: {} };

/** Answers every request with success, and with the data that its URL requires: a list, one contact, or an empty page. */
export const answerWithSuccess: RequestListener = ({ url = '' }, response) => {
  const page = url.includes('page=') ? [] : [contact];
  const data = url.includes('by_custom_field') ? page : contact;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ status: 'success', message: 'Done', data }));
};

/** Answers a request. It also gets the request as it was recorded, with its body. */
type Answer = (...given: [...Parameters<RequestListener>, received: RecordedRequest]) => unknown;

/** Starts a recorder on a free port of 127.0.0.1. The caller closes it. */
export async function startRecorder(answer: Answer = answerWithSuccess): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = await request.toArray();
    const received = { method, url, headers, body: Buffer.concat(chunks).toString() };
    requests.push(received);
    answer(request, response, received);
  }).listen(0, '127.0.0.1');
  // By default Node closes a connection after five idle seconds, and a request sent at that moment would be lost.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return {
    port: Object(server.address()).port,
    takeRequests: () => requests.splice(0),
    close: () => server.close().closeAllConnections(),
  };
}

/**
 * Returns a list that grows by `host:port` with every connection this process opens until the test ends, TLS included.
 * If `isClosed` is true, every connection is refused.
 */
export function watchSockets({ isClosed = false } = {}): string[] {
  const usual = Socket.prototype.connect;
  const opened: string[] = [];
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    // Node's own modules pass all arguments as one array, other callers pass them one by one: `flat` handles both.
    const { host, port, path } = Object(given.flat().find((value) => typeof value === 'object'));
    opened.push(path ?? `${host}:${port}`);
    if (isClosed) {
      const refusal = Object.assign(new Error('Refused by the tests.'), { code: 'ECONNREFUSED' });
      process.nextTick(() => this.destroy(refusal));
      return this;
    }
    return Reflect.apply(usual, this, given);
  };
  return opened;
}
