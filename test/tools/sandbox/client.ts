import { afterEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../tools/sandbox/server.ts';

export interface Answer {
  status: number;
  // The type is unknown because tests compare whole bodies and read no single property.
  body: unknown;
}

export interface Client {
  sandbox: Sandbox;
  get(path: string): Promise<Answer>;
  /** Sends a request. A body is sent as JSON; if it is text, it is sent unchanged, so that a test can choose every byte. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

const open: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** Starts a sandbox and a client of its API. The sandbox is closed after the test. */
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

/** Returns the answer by which the API reports an error. */
export function failure(status: number, message: unknown): Answer {
  return { status, body: { status: 'error', message, data: [] } };
}
