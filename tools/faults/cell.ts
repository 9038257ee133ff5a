import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { NamedFault } from '../sandbox/fault-catalogue.ts';
import { type FailedRun, readFailure } from '../zapier/runner.ts';
import type { Scenario } from './scenarios.ts';
import type { TestBed } from './test-bed.ts';

/** The result of a run in which one request was answered with a fault. */
export interface Cell {
  scenario: Scenario;
  fault: string;
  /** What the user is told; undefined where the run succeeded. */
  failure?: FailedRun;
  /** The requests, as lines: `POST /api/v1/contact/ {"custom_fields":[…]}`. */
  requests: string[];
  /** Connections to a server that no request may reach. */
  connectionsElsewhere: number;
}

/** A server in front of the sandbox that can stop listening during a run, while connections that are open live on. */
async function startRelay(url: string): Promise<{ url: string; stopListening: () => void }> {
  const server = createServer((socket) => {
    const upstream = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${Object(server.address()).port}`,
    stopListening: () => server.listening && server.close(),
  };
}

/** Replaces AbortSignal.timeout: `expire` ends the time limits that are running, whatever their length. */
function controlTimeouts(): { expire: () => void; restore: () => void } {
  const usual = AbortSignal.timeout;
  const controller = new AbortController();
  AbortSignal.timeout = () => controller.signal;
  return {
    expire: () => controller.abort(),
    restore: () => {
      AbortSignal.timeout = usual;
    },
  };
}

/** Milliseconds in which the first bytes of an endless answer arrive, before the time limit is made to expire. */
const firstBytesMs = 5;

/** Runs a scenario without a fault, and gives the API's answer to the request that will meet faults. */
export async function learnRightAnswer({ sandbox, run }: TestBed, scenario: Scenario): Promise<string> {
  const answers: string[] = [];
  const stop = sandbox.on((event) => event.type === 'request' && answers.push(event.request.answer));
  await run(scenario).finally(stop);
  return answers[scenario.requestsBefore] ?? '';
}

/** Runs a scenario in which one request meets a fault. Runs cannot overlap: they share a sandbox and its address. */
export async function runCell(
  { sandbox, elsewhere, connectionsElsewhere, run }: TestBed,
  scenario: Scenario,
  { name, fault, isEndless }: NamedFault,
  rightAnswer: string,
): Promise<Cell> {
  const { requestsBefore } = scenario;
  const url = sandbox.url;
  const chosen = typeof fault === 'function' ? fault({ elsewhere, url, rightAnswer }) : fault;
  const requests: string[] = [];
  const relay = chosen === 'refused' ? await startRelay(url) : undefined;
  process.env.CHANNEL_API_BASE_URL = relay?.url ?? url;
  const closePort = () => {
    if (requests.length === requestsBefore) relay?.stopListening();
  };
  const timeouts = controlTimeouts();
  const stop = sandbox.on((event) => {
    if (event.type !== 'request') return;
    const { method, path, body } = event.request;
    requests.push(`${method} ${path} ${body}`.trim());
    closePort();
    if (isEndless && requests.length > requestsBefore) setTimeout(timeouts.expire, firstBytesMs);
  });
  closePort();
  if (requestsBefore > 0)
    sandbox.failNext(requestsBefore, { delayMs: 0, closesConnection: relay !== undefined });
  if (chosen !== 'refused') sandbox.failNext(1, chosen);
  const elsewhereBefore = connectionsElsewhere();
  try {
    const failure = await run(scenario).then(() => undefined, readFailure);
    return {
      scenario,
      fault: name,
      ...(failure && { failure }),
      requests,
      connectionsElsewhere: connectionsElsewhere() - elsewhereBefore,
    };
  } finally {
    relay?.stopListening();
    process.env.CHANNEL_API_BASE_URL = url;
    timeouts.restore();
    sandbox.clearFaults();
    stop();
  }
}
