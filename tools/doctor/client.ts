import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../src/connection/connection.ts';
import { quotable } from '../../src/failures/wording.ts';
import { contactIdSegment } from '../../src/models/contact.ts';
import { CannotAsk } from './finding.ts';

/** The API's answer to one request. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Undefined if the body is not JSON. */
  data: unknown;
  /** The API's own words, without the token. */
  message: string;
  milliseconds: number;
  /** How many seconds the API's clock is ahead of this machine's; undefined if the answer has no date. */
  clockAhead?: number;
}

/** The doctor never makes more requests than this. */
const requestLimit = 30;

/** True if the connection leads to a sandbox on this machine and not to a platform. */
export function isSandbox({ baseUrl }: Connection): boolean {
  return /^(?:localhost|127\.|\[::1\])/.test(new URL(baseUrl).hostname);
}

/** Sends one request after another, more slowly after a 429, and never more than 30. */
export class Client {
  readonly #connection: Connection;
  readonly #wait: (milliseconds: number) => Promise<unknown>;
  readonly answers: Answer[] = [];
  #pauseMs = 0;

  constructor(connection: Connection, wait: (milliseconds: number) => Promise<unknown> = sleep) {
    this.#connection = connection;
    this.#wait = wait;
  }

  /** The path of a contact below `/api/v1`. */
  contactPath(id: string): string {
    return `/contact/${this.#segment(id)}`;
  }

  /** The path below `/api/v1` to which messages to a contact are posted. */
  messagePath(id: string): string {
    return `/message/sendContent/${this.#segment(id)}`;
  }

  #segment(id: string): string {
    return contactIdSegment(id, this.#connection.channelType === 'viber');
  }

  /**
   * Makes a request below `/api/v1`, and repeats it once after a 429, because a refused request has done nothing.
   * Throws CannotAsk if no answer comes or the limit of requests is reached.
   */
  async send(
    path: string,
    query: Record<string, string> = {},
    method = 'GET',
    body?: object,
  ): Promise<Answer> {
    const answer = await this.sendOnce(path, query, method, body);
    if (answer.status !== 429) return answer;
    this.#pauseMs = 2000;
    const seconds = Number(answer.headers.get('retry-after') ?? 60);
    await this.#wait(Math.min(Math.max(seconds, 1) || 60, 120) * 1000);
    return this.sendOnce(path, query, method, body);
  }

  /** Makes a request that must not be repeated, such as a message. */
  async sendOnce(
    path: string,
    query: Record<string, string>,
    method: string,
    body?: object,
  ): Promise<Answer> {
    if (this.answers.length >= requestLimit) {
      throw new CannotAsk(
        `${requestLimit} requests were made, which is the most`,
        'Run the doctor again later.',
      );
    }
    if (this.#pauseMs > 0) await this.#wait(this.#pauseMs);
    const { baseUrl, token } = this.#connection;
    // The integration writes a space as %20, not as +.
    const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
    const url = `${baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`;
    const begin = performance.now();
    const { response, text } = await fetchText(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw unreachable(this.#connection, error);
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    const data = parseJson(text);
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      data,
      message: quotable(String(Object(data).message ?? ''), token),
      milliseconds: performance.now() - begin,
      // The header is in whole seconds, rounded down.
      ...(!Number.isNaN(date) && { clockAhead: (date + 500 - Date.now()) / 1000 }),
    };
    this.answers.push(answer);
    return answer;
  }
}

async function fetchText(url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
  // The token never follows a redirect.
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  return { response, text: await response.text() };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Explains why no answer came, and what to do about it. `fetch` puts the operating system's code into the error's cause. */
function unreachable(connection: Connection, error: unknown): CannotAsk {
  const { name, cause } = Object(error);
  const code = String(Object(cause).code ?? name);
  const { host, baseUrl } = connection;
  if (isSandbox(connection) && code === 'ECONNREFUSED') {
    return new CannotAsk(
      `no sandbox runs at ${new URL(baseUrl).origin}`,
      'Start one with npm start in another terminal, or unset CHANNEL_API_BASE_URL to examine the platform.',
    );
  }
  if (code === 'TimeoutError') {
    return new CannotAsk(
      `${host} did not answer within 10 seconds`,
      'Run the doctor again in a few minutes. If it happens again, ask the support of the platform.',
    );
  }
  if (['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'].includes(code)) {
    return new CannotAsk(
      `${host} cannot be reached (${code})`,
      "Check authData_host in .env and this machine's connection to the internet.",
    );
  }
  return new CannotAsk(
    `${host} ended the connection without a complete answer (${code})`,
    'Run the doctor again. If it happens again, ask the support of the platform, and name the code in brackets.',
  );
}
