import { afterEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../tools/sandbox/server.ts';

const open: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** Starts a sandbox, which is closed after the test. `send` sends a text unchanged, and any other body as JSON. */
export async function start(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  const send = async (method: string, path: string, body?: unknown, headers = {}) => {
    const response = await fetch(`${sandbox.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, body: answer };
  };
  return { sandbox, send, get: (path: string) => send('GET', path) };
}

/** Returns the answer by which the API reports an error. */
export const failure = (status: number, message: unknown) => ({
  status,
  body: { status: 'error', message, data: [] },
});
