// A static import of these modules would also evaluate what they re-export: 16 ms of cold start.
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');

type Agent = InstanceType<typeof HttpAgent>;

/** Closes its connection after each request. Node's default agent would keep it for later runs. */
const closing = { 'http:': new HttpAgent(), 'https:': new HttpsAgent() };

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
    shared ??= new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: 1000 });
    return shared;
  };
}
