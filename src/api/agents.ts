import type { Duplex } from 'node:stream';
import { neverSent } from '../failures/network-errors.ts';

// A static import of these modules would also evaluate what they re-export: 16 ms of cold start.
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');

type Agent = InstanceType<typeof HttpAgent>;
type Connect = InstanceType<typeof HttpsAgent>['createConnection'];

/**
 * An agent for TLS. It always verifies the server's certificate: core can tell its agents not to. An error before the
 * end of the handshake gets a code that says so, because a connection that breaks later fails with the same codes.
 */
class VerifyingAgent extends HttpsAgent {
  override createConnection(...[options, callback]: Parameters<Connect>): Duplex {
    // Typed as possibly none, for agents that hand it to the callback instead. This one never does.
    const socket: Duplex = Object(super.createConnection({ ...options, rejectUnauthorized: true }, callback));
    const markError = (error: Error & { code?: string }) => {
      if (!neverSent.test(String(error.code))) {
        error.code = 'ERR_TLS_HANDSHAKE';
      }
    };
    socket.once('error', markError);
    return socket.once('secureConnect', () => socket.off('error', markError));
  }
}

/** Closes its connection after each request. Node's default agent would keep it for later runs. */
const closing = { 'http:': new HttpAgent(), 'https:': new VerifyingAgent() };

/**
 * Gives the agent for each request of a run, in turn. The first request gets a connection of its own, since most runs
 * make only one; all later ones share a second connection. None is kept for another run: a connection that the server
 * has closed meanwhile would make the next request fail.
 */
export function createAgents(baseUrl: string): () => Agent {
  const isTls = baseUrl.startsWith('https:');
  let requests = 0;
  let shared: Agent | undefined;
  return () => {
    requests += 1;
    if (requests === 1) {
      return closing[isTls ? 'https:' : 'http:'];
    }
    shared ??= new (isTls ? VerifyingAgent : HttpAgent)({ keepAlive: true, timeout: 1000 });
    return shared;
  };
}
