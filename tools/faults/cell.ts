import { type FailedRun, readFailure } from '../zapier/runner.ts';
import type { NamedFault } from './catalogue.ts';
import type { Laboratory } from './laboratory.ts';
import type { Scenario } from './scenarios.ts';

/** What happened where a request of an operation met a fault. */
export interface Cell {
  scenario: Scenario;
  fault: string;
  /** What the user is told; nothing where the run succeeded all the same. */
  failure?: FailedRun;
  /** The requests, as lines: `POST /api/v1/contact/ {"custom_fields":[…]}`. */
  requests: string[];
  /** Connections to where none should go. */
  strays: number;
}

/** A port of this machine that nobody listens on. */
const closedDoor = 'http://127.0.0.1:1';

/** Lets `giveUp` stand for the ten seconds after which a request gives up. */
function takeOverWaits(): { giveUp: () => void; restore: () => void } {
  const usual = AbortSignal.timeout;
  const waits = new AbortController();
  AbortSignal.timeout = () => waits.signal;
  return {
    giveUp: () => waits.abort(),
    restore: () => {
      AbortSignal.timeout = usual;
    },
  };
}

/** Milliseconds for the first bytes of an answer that never ends to arrive. */
const firstBytes = 5;

/** Runs a scenario in which nothing fails, and gives the API's answer to the request that faults will meet. */
export async function learnTruth({ sandbox, run }: Laboratory, scenario: Scenario): Promise<string> {
  const answers: string[] = [];
  const stop = sandbox.on((event) => event.type === 'request' && answers.push(event.request.answer));
  await run(scenario).finally(stop);
  return answers[scenario.before ?? 0] ?? '';
}

/** Runs a scenario in which one request meets a fault. Runs cannot overlap: they share a sandbox and its address. */
export async function runCell(
  { sandbox, elsewhere, strays, run }: Laboratory,
  scenario: Scenario,
  { name, fault, isEndless }: NamedFault,
  truth: string,
): Promise<Cell> {
  const { before = 0 } = scenario;
  const url = sandbox.url;
  const chosen = fault({ elsewhere, url, truth });
  const requests: string[] = [];
  const closeDoor = () => {
    if (chosen === 'refused' && requests.length === before) process.env.CHANNEL_API_BASE_URL = closedDoor;
  };
  const waits = takeOverWaits();
  const stop = sandbox.on((event) => {
    if (event.type !== 'request') return;
    const { method, path, body } = event.request;
    requests.push(`${method} ${path} ${body}`.trim());
    closeDoor();
    if (isEndless && requests.length > before) setTimeout(waits.giveUp, firstBytes);
  });
  closeDoor();
  if (chosen !== 'refused') {
    if (before > 0) sandbox.failNext(before, { delayMs: 0 });
    sandbox.failNext(1, chosen);
  }
  const straysBefore = strays();
  const cell = { scenario, fault: name, requests };
  try {
    await run(scenario);
    return { ...cell, strays: strays() - straysBefore };
  } catch (error) {
    return { ...cell, failure: readFailure(error), strays: strays() - straysBefore };
  } finally {
    process.env.CHANNEL_API_BASE_URL = url;
    waits.restore();
    sandbox.clearFaults();
    stop();
  }
}
