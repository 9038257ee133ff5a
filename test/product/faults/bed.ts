import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { jest } from '@jest/globals';
import type { NamedFault } from '../../../tools/sandbox/fault-catalogue.ts';
import { startSandbox } from '../../../tools/sandbox/server.ts';
import type { Store } from '../../../tools/sandbox/store.ts';
import { createRunner, type FailedRun, type Integration, readFailure } from '../../../tools/zapier/runner.ts';
import { watchSockets } from '../../support/recorder.ts';
import type { Scenario } from './scenarios.ts';

/** The result of one cell of the matrix: a run of one scenario in which one request met one fault. */
export interface Cell {
  scenario: Scenario;
  fault: string;
  /** The error as the user sees it, or undefined if the run succeeded. */
  failure: FailedRun | undefined;
  /** The requests in order, one line each: `POST /api/v1/contact/ {"custom_fields":[…]}`. */
  requests: string[];
  /** The number of connections to a foreign server. It must be 0: each one could carry the token to a stranger. */
  connectionsElsewhere: number;
}

/** Milliseconds until an endless answer is timed out on purpose. Its first bytes have arrived by then. */
const firstBytesMs = 5;

/** Changes the phone of contacts that an earlier run created, so that the next run cannot find them and creates its own. */
export function forgetCreated(store: Store, { contact_id }: Scenario['inputData']): void {
  for (const { id } of store.findByField('phone', String(contact_id))) store.update(id, { phone: 'other' });
}

/** Starts a sandbox that answers with faults, and a foreign server that counts the connections it should never get. */
export async function startBed(integration: Integration) {
  const sandbox = await startSandbox({ rateLimits: false, contacts: 100 });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  let connectionsElsewhere = 0;
  const elsewhere = createServer((socket) => {
    connectionsElsewhere += 1;
    socket.destroy();
  }).listen(0, 'localhost');
  await once(elsewhere, 'listening');
  const context = { elsewhere: `localhost:${Object(elsewhere.address()).port}`, url: sandbox.url };
  const runner = createRunner(integration);
  let runs = 0;

  const run = ({ place, inputData, authData, meta }: Scenario) => {
    runs += 1;
    forgetCreated(sandbox.store, inputData);
    // A numbered name keeps a run from finding the contact of an earlier run, which would change its requests.
    const numbered = Object.entries(inputData).map(([key, value]) => [
      key,
      value === 'nobody' ? `nobody ${runs}` : value,
    ]);
    return runner(place, {
      inputData: Object.fromEntries(numbered),
      forgets: true,
      authData: { host: 'app.bony.chat', channel_token: sandbox.token, ...authData },
      meta: meta ?? {},
    });
  };

  /** Runs a scenario without faults. Returns the correct answer to its tested request, from which some faults are made. */
  async function learnRightAnswer(scenario: Scenario): Promise<string> {
    const answers: string[] = [];
    const stop = sandbox.on((event) => event.type === 'request' && answers.push(event.request.answer));
    await run(scenario).finally(stop);
    return answers[scenario.requestsBefore] ?? '';
  }

  /** Runs a scenario in which one request meets a fault. Runs cannot overlap: they share a sandbox and its address. */
  async function meet(scenario: Scenario, named: NamedFault, rightAnswer: string): Promise<Cell> {
    const { requestsBefore } = scenario;
    const { name, isEndless } = named;
    const fault = typeof named.fault === 'function' ? named.fault({ ...context, rightAnswer }) : named.fault;
    // All time limits share one signal, so a test can let them expire at once instead of waiting for seconds.
    const limits = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limits.signal);
    const requests: string[] = [];
    const isRefused = fault === 'refused';
    const { connect } = Socket.prototype;
    const refuseConnections = () => {
      if (isRefused && requests.length === requestsBefore) watchSockets({ isClosed: true });
    };
    const stop = sandbox.on((event) => {
      if (event.type !== 'request') return;
      const { method, path, body } = event.request;
      requests.push(`${method} ${path} ${body}`.trim());
      refuseConnections();
      if (isEndless && requests.length > requestsBefore) setTimeout(() => limits.abort(), firstBytesMs);
    });
    refuseConnections();
    if (requestsBefore > 0) sandbox.failNext(requestsBefore, { delayMs: 0, closesConnection: isRefused });
    if (!isRefused) sandbox.failNext(1, fault);
    const before = connectionsElsewhere;
    try {
      const failure = await run(scenario).then(() => undefined, readFailure);
      const elsewhere = connectionsElsewhere - before;
      return { scenario, fault: name, failure, requests, connectionsElsewhere: elsewhere };
    } finally {
      Socket.prototype.connect = connect;
      timeout.mockRestore();
      sandbox.clearFaults();
      stop();
    }
  }

  const close = () => {
    elsewhere.close();
    return sandbox.close();
  };
  return { learnRightAnswer, meet, close };
}

export type Bed = Awaited<ReturnType<typeof startBed>>;
