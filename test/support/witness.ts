import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { Socket } from 'node:net';

/** A request as it came over the wire. */
export interface WitnessedRequest {
  method: string;
  url: string;
  /** Names in lower case. A header that came twice has its values in one, joined by a comma. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A server on this machine that tells what it was sent. */
export interface Witness {
  port: number;
  /** Gives the requests since it was last asked, and forgets them. */
  seen: () => WitnessedRequest[];
  close: () => void;
}

const contact = { id: '1776025372480910', created_at: 1575618542, tags: [], custom_fields: {} };

/** Says yes to whatever it is asked, in the form that the asker expects. */
export const consent: RequestListener = ({ url = '' }, response) => {
  const page = url.includes('page=') ? [] : [contact];
  const data = url.includes('by_custom_field') ? page : contact;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ status: 'success', message: 'Done', data }));
};

/** Starts a witness. */
export async function startWitness(answer: RequestListener = consent): Promise<Witness> {
  let requests: WitnessedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const chunks: Buffer[] = await request.toArray();
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: Object(server.address()).port,
    seen() {
      const seen = requests;
      requests = [];
      return seen;
    },
    close: () => server.close().closeAllConnections(),
  };
}

/** Where sockets were opened to, as `host:port`. */
export interface SocketWatch {
  opened: string[];
  stop: () => void;
}

/**
 * Watches every socket of this process, those of TLS too. With `isClosed`, no socket gets anywhere: each fails as if
 * nobody listened.
 */
export function watchSockets({ isClosed = false } = {}): SocketWatch {
  const usual = Socket.prototype.connect;
  const opened: string[] = [];
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    // Node's own modules call it with its arguments already in a list.
    const [{ host, port, path }] = [given.flat().find((value) => typeof value === 'object') ?? {}].map(
      Object,
    );
    opened.push(path ?? `${host}:${port}`);
    if (isClosed) {
      const refusal = Object.assign(new Error('The tests let nothing out.'), { code: 'ECONNREFUSED' });
      process.nextTick(() => this.destroy(refusal));
      return this;
    }
    return Reflect.apply(usual, this, given);
  };
  return {
    opened,
    stop() {
      Socket.prototype.connect = usual;
    },
  };
}
