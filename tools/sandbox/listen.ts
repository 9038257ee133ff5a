import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** A server that listens on 127.0.0.1. */
export interface Listening {
  /** For example `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Stops at once, even during an answer. May be called twice. */
  close(): Promise<void>;
}

/** True if a Host header names this machine. A page of another site can reach it by a name that was rebound to 127.0.0.1. */
export const isOwnHost = (host = '') => /^(?:127\.0\.0\.1|localhost):\d+$/.test(host);

/** Serves an app on 127.0.0.1; port 0 is any free one. Rejects if the port is taken (code EADDRINUSE). */
export async function listen(
  app: { fetch: (request: Request) => unknown },
  port: number,
): Promise<Listening> {
  // By default the adapter replaces the global Request and Response of the whole process.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
