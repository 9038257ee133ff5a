import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeEach, jest } from '@jest/globals';

/**
 * What tests replace to simulate time or to listen, and what core replaces to log requests where an integration does not
 * set `skipHttpPatch`. Some of it is shared by all files that a worker runs.
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

/** Gives a function that puts clocks, sockets, the console and environment variables back as they are now. */
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

// A test that fails half-way would leave its clock or its address to the next one.
afterAll(rememberGlobals());

let restore: (() => void) | undefined;

// By now what a file replaces for all its tests, in beforeAll, is in place.
beforeEach(() => {
  restore = rememberGlobals();
});
afterEach(() => restore?.());
