import { afterEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../tools/sandbox/server.ts';

export interface Answer {
  status: number;
  // The tests compare answers whole, so nothing is gained by a type.
  body: unknown;
}

export interface Client {
  sandbox: Sandbox;
  get(path: string): Promise<Answer>;
  /** Sends a body as JSON, or as it is when it is text. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

const open: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** Starts a sandbox that closes after the test, and a client of its API. */
export async function start(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${sandbox.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return { sandbox, send, get: (path) => send('GET', path) };
}

/** An error as the API answers it. */
export function failure(status: number, message: unknown): Answer {
  return { status, body: { status: 'error', message, data: [] } };
}
