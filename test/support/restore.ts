import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeEach, jest } from '@jest/globals';

/**
 * The properties that tests replace to simulate time or to observe calls, and those that core replaces to log requests if
 * an integration does not set `skipHttpPatch`. A worker shares some of them between files, so each file restores them.
 */
const replaceable: [owner: object, key: string][] = [
  [http, 'request'],
  [http, 'patchedByZapier'],
  [https, 'request'],
  [https, 'patchedByZapier'],
  [Date, 'now'],
  [performance, 'now'],
  [AbortSignal, 'timeout'],
  [Socket.prototype, 'connect'],
  [console, 'log'],
  [console, 'error'],
];

/** Returns a function that resets clocks, sockets, the console and environment variables to their present state. */
function rememberGlobals(): () => void {
  const env = { ...process.env };
  const own = replaceable.map(([owner, key]) => Object.getOwnPropertyDescriptor(owner, key));
  return () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const [index, [owner, key]] of replaceable.entries()) {
      const descriptor = own[index];
      if (descriptor) Object.defineProperty(owner, key, descriptor);
      else Reflect.deleteProperty(owner, key);
    }
  };
}

// Without this, a test that fails half-way would pass its simulated clock or its API address on to later tests.
afterAll(rememberGlobals());

let restore: (() => void) | undefined;

// This runs after the file's own beforeAll, so anything replaced there stays replaced for all its tests.
beforeEach(() => {
  restore = rememberGlobals();
});
afterEach(() => restore?.());
