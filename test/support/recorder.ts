import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { Socket } from 'node:net';

/** A request as it was received. */
export interface RecordedRequest {
  method: string;
  url: string;
  /** Names in lower case. A header that came twice has its values in one, joined by a comma. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server on this machine that records what it is sent. */
export interface Recorder {
  port: number;
  /** Gives the requests since it was last called, and forgets them. */
  takeRequests: () => RecordedRequest[];
  close: () => void;
}

const contact = { id: '1776025372480910', created_at: 1575618542, tags: [], custom_fields: {} };

/** Answers every request with success, in the form that fits its URL. */
export const answerWithSuccess: RequestListener = ({ url = '' }, response) => {
  const page = url.includes('page=') ? [] : [contact];
  const data = url.includes('by_custom_field') ? page : contact;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ status: 'success', message: 'Done', data }));
};

/** Starts a recorder on a free port of 127.0.0.1. */
export async function startRecorder(answer: RequestListener = answerWithSuccess): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = await request.toArray();
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  // Node would close an idle connection after five seconds, at which a request that is just being sent is lost.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return {
    port: Object(server.address()).port,
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    close: () => server.close().closeAllConnections(),
  };
}

/**
 * Records every connection that this process opens until the test ends, those of TLS too, as `host:port`. With `isClosed`,
 * every connection is refused.
 */
export function watchSockets({ isClosed = false } = {}): string[] {
  const usual = Socket.prototype.connect;
  const opened: string[] = [];
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    // Node's own modules call it with its arguments already in a list.
    const [{ host, port, path }] = [given.flat().find((value) => typeof value === 'object') ?? {}].map(
      Object,
    );
    opened.push(path ?? `${host}:${port}`);
    if (isClosed) {
      const refusal = Object.assign(new Error('The tests refuse every connection.'), {
        code: 'ECONNREFUSED',
      });
      process.nextTick(() => this.destroy(refusal));
      return this;
    }
    return Reflect.apply(usual, this, given);
  };
  return opened;
}
