import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

// A static import of these modules would also evaluate what they re-export: 16 ms of cold start.
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');

type Agent = InstanceType<typeof HttpAgent>;
type Connect = InstanceType<typeof HttpsAgent>['createConnection'];

/** Always verifies the server's certificate: core can tell its agents not to. */
class VerifyingAgent extends HttpsAgent {
  override createConnection(...[options, callback]: Parameters<Connect>): Duplex {
    // Typed as possibly none, for agents that hand it to the callback instead. This one never does.
    return Object(super.createConnection({ ...options, rejectUnauthorized: true }, callback));
  }
}

/** How an agent treats its connections: closes each after its request, or keeps one for the next request of the run. */
const closing = { keepAlive: false };
const keeping = { keepAlive: true, timeout: 1000 };

/**
 * The connections of one run. Its first request gets one of its own, since most runs make only one; the later ones share a
 * second. None is kept for another run: a connection that the server has closed meanwhile would make its next request
 * fail. For the same reason a request that must not be repeated never gets one that was used before.
 */
export class Connections {
  readonly #isTls: boolean;
  #requests = 0;
  #shared: Agent | undefined;
  #isShared = true;
  /** Whether the latest request had a connection. If not, nothing was sent. */
  isConnected = true;
  /** Whether that connection had carried a request before. */
  isUsed = false;

  constructor(baseUrl: string) {
    this.#isTls = baseUrl.startsWith('https:');
  }

  /** Returns the agent for the next request. */
  next(isRepeatable: boolean): Agent {
    this.#requests += 1;
    if (this.#requests === 1 || !isRepeatable || !this.#isShared) return this.#agent(closing);
    this.#shared ??= this.#agent(keeping);
    return this.#shared;
  }

  /** From now on, each request gets a connection of its own. */
  shareNoMore(): void {
    this.#isShared = false;
  }

  #agent(options: { keepAlive: boolean }): Agent {
    const agent = new (this.#isTls ? VerifyingAgent : HttpAgent)(options);
    // Node's types leave this method out, although libraries of agents have replaced it for ten years.
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
