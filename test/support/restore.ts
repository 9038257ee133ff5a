import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeEach, jest } from '@jest/globals';

/**
 * The objects whose properties tests replace to simulate time or to observe calls. Core replaces `request` if an integration
 * does not set `skipHttpPatch`. A worker shares some of these objects between files, so each file restores them.
 */
const owners = [http, https, Date, performance, AbortSignal, Socket.prototype, console, process.env];

/** Returns a function that resets clocks, sockets, the console and environment variables to their present state. */
function rememberGlobals(): () => void {
  const own = owners.map((owner) => ({ owner, before: Object.getOwnPropertyDescriptors(owner) }));
  return () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const { owner, before } of own) {
      for (const key of Reflect.ownKeys(owner))
        if (!Object.hasOwn(before, key)) Reflect.deleteProperty(owner, key);
      Object.defineProperties(owner, before);
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
