import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

// A static import of these modules would also evaluate what they re-export: 16 ms of cold start.
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');
type Agent = InstanceType<typeof HttpAgent>;
type Connect = InstanceType<typeof HttpsAgent>['createConnection'];

/** Core can tell its agents to skip the check of certificates. This agent always makes it. */
class VerifyingAgent extends HttpsAgent {
  override createConnection(...[options, callback]: Parameters<Connect>): Duplex {
    // The type allows undefined for agents that hand the connection to the callback. This agent always returns it.
    return Object(super.createConnection({ ...options, rejectUnauthorized: true }, callback));
  }
}

/** `closing` ends a connection with its request. `keeping` keeps it open for the next request of the run. */
const closing = { keepAlive: false };
const keeping = { keepAlive: true, timeout: 1000 };

/**
 * The connections of one run. Most runs make one request, so the first one gets a connection of its own and the later ones
 * share a second. No connection outlives its run, because the server may have closed it by then and the next request would
 * fail. For the same reason a request that must not be repeated never gets a used connection.
 */
export class Connections {
  readonly #isTls: boolean;
  #requests = 0;
  #shared: Agent | undefined;
  #isShared = true;
  isConnected = true; // False if the latest request got no connection, so that nothing was sent.
  isUsed = false; // True if an earlier request had used that connection.

  constructor(baseUrl: string) {
    this.#isTls = baseUrl.startsWith('https:');
  }

  next(isRepeatable: boolean): Agent {
    this.#requests += 1;
    if (this.#requests === 1 || !isRepeatable || !this.#isShared) return this.#agent(closing);
    this.#shared ??= this.#agent(keeping);
    return this.#shared;
  }

  /** The server closed the shared connection. From now on, each request gets a connection of its own. */
  shareNoMore(): void {
    this.#isShared = false;
  }

  #agent(options: { keepAlive: boolean }): Agent {
    const agent = new (this.#isTls ? VerifyingAgent : HttpAgent)(options);
    // Node's types leave `addRequest` out, although agent libraries have overridden it for ten years.
    const addRequest = Reflect.get(agent, 'addRequest');
    Reflect.set(agent, 'addRequest', (request: ClientRequest, ...rest: unknown[]) => {
      this.#watch(request);
      Reflect.apply(addRequest, agent, [request, ...rest]);
    });
    return agent;
  }

  #watch(request: ClientRequest): void {
    this.isConnected = false;
    this.isUsed = false;
    request.once('socket', (socket) => {
      const connected = () => {
        this.isConnected = true;
      };
      this.isUsed = request.reusedSocket;
      if (this.isUsed) connected();
      else socket.once(this.#isTls ? 'secureConnect' : 'connect', connected);
    });
    // Core's client waits for the rest of an answer even after its connection has ended.
    request.once('response', (response: IncomingMessage) => {
      response.once('close', () => {
        if (!response.complete) request.emit('error', new Error('The answer is not complete.'));
      });
    });
  }
}
