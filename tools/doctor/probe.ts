import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../src/connection/connection.ts';

/** What the API answered to one request. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Undefined where it is no JSON. */
  data: unknown;
  /** The API's own words, without the token. */
  words: string;
  milliseconds: number;
  /** Seconds that the API's clock is ahead of this machine's; undefined where it does not tell. */
  clockAhead?: number;
}

/** Thrown where the doctor cannot go on; its message tells the owner why. */
export class CannotAsk extends Error {}

/** More requests than this the doctor never makes. */
const mostRequests = 30;

/** Asks the API: one request after the other, slower once it says that they are too many, and never more than 30. */
export class Probe {
  readonly #connection: Connection;
  readonly #wait: (milliseconds: number) => Promise<unknown>;
  readonly answers: Answer[] = [];
  #pace = 0;

  constructor(connection: Connection, wait: (milliseconds: number) => Promise<unknown> = sleep) {
    this.#connection = connection;
    this.#wait = wait;
  }

  /** Makes a request below `/api/v1`; one that is refused with 429, which does nothing, is made once more. */
  async ask(
    path: string,
    query: Record<string, string> = {},
    method = 'GET',
    body?: object,
  ): Promise<Answer> {
    const answer = await this.#send(path, query, method, body);
    if (answer.status !== 429) return answer;
    this.#pace = 2000;
    const seconds = Number(answer.headers.get('retry-after') ?? 60);
    await this.#wait(Math.min(Math.max(seconds, 1) || 60, 120) * 1000);
    return this.#send(path, query, method, body);
  }

  async #send(path: string, query: Record<string, string>, method: string, body?: object): Promise<Answer> {
    if (this.answers.length >= mostRequests) throw new CannotAsk(`That took ${mostRequests} requests.`);
    if (this.#pace > 0) await this.#wait(this.#pace);
    const { baseUrl, token, host } = this.#connection;
    // As the integration writes it: a space is %20, not +.
    const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
    const begin = performance.now();
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        // The token never follows a redirect.
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      });
      text = await response.text();
    } catch (error) {
      throw new CannotAsk(`${host} gave no complete answer (${reasonOf(error)}).`);
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    const data = parse(text);
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      data,
      words: String(Object(data).message ?? '').replaceAll(token, '•••'),
      milliseconds: performance.now() - begin,
      // The header is in whole seconds, rounded down.
      ...(!Number.isNaN(date) && { clockAhead: (date + 500 - Date.now()) / 1000 }),
    };
    this.answers.push(answer);
    return answer;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The code of the operating system where there is one: `fetch` wraps its reasons. */
function reasonOf(error: unknown): string {
  const { name, cause } = Object(error);
  return String(Object(cause).code ?? name);
}
